import { Hono } from 'hono'
import * as z from 'zod'
import { CourseFilesChange, CourseNews } from '../../../views/teach/course'
import { type CourseField, CourseSetting, courseFields } from '../../../views/teach/course-setting'
import { type CourseRefusals, changeCourse } from '../../models/teach/course-change'
import { deleteCourse } from '../../models/teach/course-deletion'
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { go, isPartial, trigger } from '../../web/html'
import { showCourse } from './course-page'
import { CategoryId, Level, Markdown, Outcomes, Price, Title } from './fields'
import { ownCourseFirst, placeOf } from './own'

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
  .get(urls.teachCourse(':id'), (c) => showCourse(c, (props) => <CourseFilesChange {...props} />))
  .post(urls.teachCourse(':id'), ownCourseFirst, form(CourseForm, refuse), async (c) => {
    const { price, ...typed } = c.req.valid('form')
    const { ownerId, courseId } = await placeOf(c)
    const refusals = await changeCourse(c.get('services'), ownerId, courseId, { ...typed, pricePaise: price })
    if (Object.keys(refusals).length > 0) return refuse(c, { values: {}, errors: inWords(refusals) })
    const field = courseFields.find((name) => c.req.valid('form')[name] !== undefined)
    const text = field ? saved[field] : 'Nothing to save.'
    if (!isPartial(c)) {
      leaveNotice(c, { kind: 'success', text })
      return c.redirect(urls.teachCourse(courseId), 303)
    }
    trigger(c, { announce: { text } })
    return showCourse(c, (props) => (
      <>
        <CourseSetting {...props} field={field ?? 'title'} isSaved />
        <CourseNews {...props} />
      </>
    ))
  })
  .post(urls.teachCourseDelete(':id'), async (c) => {
    const { ownerId, courseId } = await placeOf(c)
    const outcome = await deleteCourse(c.get('services'), ownerId, courseId)
    const text =
      outcome === 'deleted'
        ? 'The course is deleted.'
        : 'The course is gone from the shop and from your studio. Students who have it keep it.'
    leaveNotice(c, { kind: 'success', text })
    return go(c, urls.teach)
  })

/** The whole page with all that was typed, or the one form that htmx sent. */
function refuse(c: AppContext, { values, errors }: FormProblem): Promise<Response> {
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
