import { Hono } from 'hono'
import * as z from 'zod'
import { CourseFilesUpdate, CourseUpdates } from '../../../views/teach/course'
import { type CourseField, CourseSetting, courseFields } from '../../../views/teach/course-setting'
import { type CourseRefusals, changeCourse } from '../../models/teach/course-change'
import { deleteCourse } from '../../models/teach/course-deletion'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { type GuardedContext, on } from '../../web/guards'
import { changed } from '../../web/html'
import { showCourse } from './course-page'
import { CategoryId, Level, Markdown, Outcomes, Price, Title } from './fields'

const CourseForm = z.object({
  title: Title.optional(),
  description: Markdown.optional(),
  categoryId: CategoryId.optional(),
  price: Price.optional(),
  level: Level.optional(),
  outcomes: Outcomes.optional(),
})

const saved: Record<CourseField, string> = {
  title: 'Title saved.',
  description: 'Description saved.',
  categoryId: 'Category saved.',
  price: 'Price saved.',
  level: 'Level saved.',
  outcomes: 'Outcomes saved.',
}

export const teachCourse = new Hono<Env>()
  .get(...on(paths.teachCourse), (c) => showCourse(c, (props) => <CourseFilesUpdate {...props} />))
  .post(...on(paths.teachCourse), form(CourseForm, refuse), async (c) => {
    const { services, user, course } = c.var
    const { price, ...typed } = c.req.valid('form')
    const refusals = await changeCourse(services, user.id, course.id, { ...typed, pricePaise: price })
    if (Object.keys(refusals).length > 0) return refuse(c, { values: {}, errors: inWords(refusals) })
    const field = courseFields.find((name) => c.req.valid('form')[name] !== undefined)
    return changed(c, {
      notice: field ? saved[field] : 'Nothing to save.',
      isShown: true,
      to: paths.teachCourse(course.id),
      part: () =>
        showCourse(c, (props) => (
          <>
            <CourseSetting {...props} field={field ?? 'title'} isSaved />
            <CourseUpdates {...props} />
          </>
        )),
    })
  })
  .post(...on(paths.teachCourseDelete), async (c) => {
    const outcome = await deleteCourse(c.var.services, c.var.user.id, c.var.course.id)
    const notice =
      outcome === 'deleted'
        ? 'The course is deleted.'
        : 'The course is gone from the shop and from your studio. Students who have it keep it.'
    return changed(c, { notice, to: paths.teach() })
  })

/** The whole page with all that was typed, or the one form that htmx sent. */
function refuse(c: GuardedContext<'ownCourse'>, { values, errors }: FormProblem): Promise<Response> {
  const field = courseFields.find((name) => name in errors) ?? 'title'
  return showCourse(
    c,
    (props) => (
      <CourseSetting {...props} field={field} typed={values[field]} error={errors[field] ?? errors.form} />
    ),
    { status: 422, settings: { values, errors } },
  )
}

const words = {
  description: 'The course is on sale and needs a description. Unpublish it first to take this one off.',
  categoryId: 'The course is on sale and needs a category. Unpublish it first to take this one off.',
  pricePaise: 'The course is on sale and needs a price. Unpublish it first to take this one off.',
}

const inWords = ({ description, categoryId, pricePaise }: CourseRefusals): Record<string, string> => ({
  ...(description && { description: words.description }),
  ...(categoryId && {
    categoryId: categoryId === 'unknown' ? 'Choose a category of the list.' : words.categoryId,
  }),
  ...(pricePaise && { price: words.pricePaise }),
})
