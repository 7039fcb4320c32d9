import { Hono } from 'hono'
import * as z from 'zod'
import { CourseUpdates } from '../../../views/teach/course'
import { CourseChapters, OrderUpdate } from '../../../views/teach/course-chapters'
import { addChapter, maxChapters } from '../../models/teach/chapter'
import { reorderChapters } from '../../models/teach/chapter-order'
import { paths } from '../../paths'
import { stepped } from '../../rules/teach/ordering'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed } from '../../web/html'
import { showCourse } from './course-page'
import { Several, Title } from './fields'

const ChapterForm = z.object({ title: Title })
const OrderForm = z.object({ chapter: Several, up: z.string().optional(), down: z.string().optional() })

type CourseContext = GuardedContext<'ownCourse'>

export const teachChapters = new Hono<Env>()
  .post(...on(paths.teachChapters), form(ChapterForm, refuseChapter), async (c) => {
    const { services, course } = c.var
    const { title } = c.req.valid('form')
    const chapterId = await addChapter(services, course, title)
    if (!chapterId) {
      const error = `A course can have ${maxChapters} chapters. Delete some first.`
      return refuseChapter(c, { values: { title }, errors: { title: error } })
    }
    return changed(c, {
      notice: `${title} is added.`,
      isShown: true,
      to: paths.teachCourse(course.id),
      part: () =>
        showCourse(c, (props) => (
          <>
            <CourseChapters course={props.course} isAdded />
            <CourseUpdates course={props.course} />
          </>
        )),
    })
  })
  .post(...on(paths.teachChapterOrder), form(OrderForm, showStaleOrder), async (c) => {
    const { services, course } = c.var
    const { chapter: ids, up, down } = c.req.valid('form')
    const moved = up ?? down
    const order = moved === undefined ? ids : stepped(ids, moved, up === undefined ? 'down' : 'up')
    const chapters = order && (await reorderChapters(services, course, order))
    if (!chapters) return showStaleOrder(c)
    const index = chapters.findIndex(({ id }) => id === moved)
    const title = chapters[index]?.title
    return changed(c, {
      notice: title ? `${title} is now ${index + 1} of ${chapters.length}.` : 'The new order is saved.',
      isShown: true,
      to: paths.teachCourse(course.id),
      part: () => showCourse(c, (props) => <OrderUpdate course={props.course} />),
    })
  })

function refuseChapter(c: CourseContext, { values, errors }: FormProblem): Promise<Response> {
  return showCourse(c, ({ course, chapters }) => <CourseChapters course={course} {...chapters} />, {
    status: 422,
    chapters: { title: values.title, error: errors.title },
  })
}

function showStaleOrder(c: CourseContext): Promise<Response> {
  return showCourse(c, ({ course }) => <OrderUpdate course={course} isStale />, {
    status: 409,
    chapters: { isStale: true },
  })
}
