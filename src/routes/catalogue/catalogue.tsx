import { Hono } from 'hono'
import { CourseView } from '../../../views/catalogue/course'
import { CoursesPage, catalogueTitle, Results } from '../../../views/catalogue/courses'
import { HomePage } from '../../../views/catalogue/home'
import { type CatalogueResults, listCourses } from '../../models/catalogue/catalogue'
import { listCategories } from '../../models/catalogue/category'
import { findCoursePage } from '../../models/catalogue/course-page'
import { listFeatured } from '../../models/catalogue/featured'
import { paths } from '../../paths'
import { type CatalogueFilter, readCatalogueFilter } from '../../rules/catalogue/filter'
import { count } from '../../rules/format'
import { plainText } from '../../rules/markdown'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { userOf } from '../../web/session'

export const catalogue = new Hono<Env>()
  .get(...on(paths.home), async (c) => {
    const { services } = c.var
    const userId = (await userOf(c))?.id ?? null
    const [categories, popular, newest] = await Promise.all([
      listCategories(services),
      listFeatured(services, 'popular', userId),
      listFeatured(services, 'newest', userId),
    ])
    const { SITE_NAME } = services.config
    return show(c, {
      isShared: true,
      title: SITE_NAME,
      description: `${SITE_NAME}: short video courses. Learn at your own pace and keep what you buy.`,
      canonical: paths.home(),
      page: <HomePage categories={categories} popular={popular} newest={newest} />,
    })
  })
  .get(...on(paths.courses), async (c) => {
    const filter = readCatalogueFilter(new URL(c.req.url).searchParams)
    const user = await userOf(c)
    const results = await listCourses(c.var.services, filter, user?.id ?? null)
    return show(c, {
      isShared: true,
      title: catalogueTitle(filter, results),
      description: describe(results),
      canonical: canonical(filter, results),
      search: filter.q,
      address: paths.courses({ ...filter, category: results.category?.slug, page: results.page }),
      page: <CoursesPage filter={filter} results={results} />,
      part: <Results filter={filter} results={results} />,
    })
  })
  .get(...on(paths.course), async (c) => {
    const { services, user } = c.var
    const course = await findCoursePage(services, c.var.course, user?.id ?? null)
    const description = plainText(course.description, 160)
    return show(c, {
      isShared: true,
      title: course.title,
      description,
      canonical: paths.course(course.slug),
      page: (
        <CourseView
          course={course}
          description={description}
          origin={services.config.APP_ORIGIN}
          siteName={services.config.SITE_NAME}
          canPay={services.payments !== null}
          terms={services.config}
        />
      ),
    })
  })

/** One URL for search engines to keep, whatever the order and the search. */
const canonical = (filter: CatalogueFilter, { category, page }: CatalogueResults) =>
  filter.q ? paths.courses() : paths.courses({ category: category?.slug, price: filter.price, page })

const describe = ({ category, count: found, more }: CatalogueResults) =>
  `${more ? 'More than ' : ''}${count(found, 'course')}${category ? ` in ${category.name}` : ''}: short video lessons, free previews, yours to keep.`
