import { Hono } from 'hono'
import * as z from 'zod'
import { keptText } from '../../../views/teach/chapter'
import {
  CourseDeletion,
  CourseFilesUpdate,
  type CoursePageProps,
  CourseUpdates,
} from '../../../views/teach/course'
import { type CourseField, CourseSetting, courseFields } from '../../../views/teach/course-settings'
import { type CourseRefusals, changeCourse } from '../../models/teach/course-change'
import { deleteCourse } from '../../models/teach/course-deletion'
import { deleteAttachment } from '../../models/teach/course-file'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
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

const DeletionForm = z.object({ password: Password })

const saved: Record<CourseField, string> = {
  title: 'Title saved.',
  description: 'Description saved.',
  categoryId: 'Category saved.',
  price: 'Price saved.',
  level: 'Level saved.',
  outcomes: 'Outcomes saved.',
}

export const teachCourse = new Hono<Env>()
  .get(...on(paths.teachCourse), (c) => showCourse(c, files))
  .post(...on(paths.teachCourse), form(CourseForm, refuse), async (c) => {
    const { services, course } = c.var
    const typed = c.req.valid('form')
    const { price: pricePaise, ...change } = typed
    const refusals = await changeCourse(services, course, { ...change, pricePaise })
    if (Object.keys(refusals).length > 0) return refuse(c, { values: {}, errors: messages(refusals) })
    const field = courseFields.find((name) => typed[name] !== undefined)
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
  .post(...on(paths.teachCourseDelete), form(DeletionForm, refuseDeletion), async (c) => {
    const problem = await passwordProblem(c, c.req.valid('form'))
    if (problem) return refuseDeletion(c, problem)
    const outcome = await deleteCourse(c.var.services, c.var.course)
    const notice =
      outcome === 'deleted'
        ? 'The course is deleted.'
        : 'The course is deleted for everyone else. Students who have it keep it.'
    return changed(c, { notice, to: paths.teach() })
  })
  .post(...on(paths.teachAttachmentDelete), async (c) => {
    const { services, course } = c.var
    const { name, keepers } = await deleteAttachment(services, course, c.req.param('attachmentId'))
    return changed(c, {
      notice: keepers > 0 ? `${name} is withdrawn. ${keptText(keepers)}` : `${name} is deleted.`,
      to: paths.teachCourse(course.id),
      part: () => showCourse(c, files),
    })
  })

const files = (props: CoursePageProps) => <CourseFilesUpdate {...props} />

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

function refuseDeletion(c: GuardedContext<'ownCourse'>, { errors }: FormProblem): Promise<Response> {
  return showCourse(c, (props) => <CourseDeletion {...props} />, {
    status: 422,
    deletionError: errors.password,
  })
}

const needed = (what: string) =>
  `The course is on sale and needs a ${what}. Unpublish it first to remove the ${what}.`

const messages = ({ description, categoryId, pricePaise }: CourseRefusals): Record<string, string> => ({
  ...(description && { description: needed('description') }),
  ...(categoryId && {
    categoryId: categoryId === 'unknown' ? 'Choose a category from the list.' : needed('category'),
  }),
  ...(pricePaise && { price: needed('price') }),
})
