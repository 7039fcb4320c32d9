import { Hono } from 'hono'
import { HomePage } from '../../../views/catalogue/home'
import { listCategories } from '../../models/catalogue/category'
import { listShelf } from '../../models/catalogue/featured'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { userOf } from '../../web/session'

export const home = new Hono<Env>().get(...on(paths.home), async (c) => {
  const services = c.var.services
  const userId = (await userOf(c))?.id ?? null
  const [categories, popular, newest] = await Promise.all([
    listCategories(services),
    listShelf(services, 'popular', userId),
    listShelf(services, 'newest', userId),
  ])
  const { SITE_NAME } = services.config
  return show(c, {
    title: SITE_NAME,
    description: `${SITE_NAME}: short video courses by people who do the work. Learn at your own pace and keep what you buy.`,
    canonical: paths.home(),
    page: <HomePage categories={categories} popular={popular} newest={newest} />,
  })
})
