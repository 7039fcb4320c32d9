import { Hono } from 'hono'
import * as z from 'zod'
import { CourseUpdates } from '../../../views/teach/course'
import { CourseChapters, OrderUpdate } from '../../../views/teach/course-chapters'
import { addChapter, mostChapters } from '../../models/teach/chapter'
import { reorderChapters } from '../../models/teach/chapter-order'
import { paths } from '../../paths'
import { stepped } from '../../rules/teach/ordering'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { type GuardedContext, on } from '../../web/guards'
import { changed, isPartial, trigger } from '../../web/html'
import { showCourse } from './course-page'
import { Several, Title } from './fields'

const ChapterForm = z.object({ title: Title })
const OrderForm = z.object({ chapter: Several, up: z.string().optional(), down: z.string().optional() })

type CourseContext = GuardedContext<'ownCourse'>

/** New chapters, and their order. */
export const teachChapters = new Hono<Env>()
  .post(...on(paths.teachChapters), form(ChapterForm, refuseChapter), async (c) => {
    const { services, user, course: own } = c.var
    const { title } = c.req.valid('form')
    const chapterId = await addChapter(services, user.id, own.id, title)
    if (!chapterId) {
      const error = `A course can have ${mostChapters} chapters. Delete some first.`
      return refuseChapter(c, { values: { title }, errors: { title: error } })
    }
    return changed(c, {
      notice: `${title} is added.`,
      isShown: true,
      to: paths.teachCourse(own.id),
      part: () =>
        showCourse(c, ({ course }) => (
          <>
            <CourseChapters course={course} isAdded />
            <CourseUpdates course={course} />
          </>
        )),
    })
  })
  .post(
    ...on(paths.teachChapterOrder),
    form(OrderForm, (c: CourseContext) => showOrder(c, true)),
    async (c) => {
      const { services, user, course } = c.var
      const { chapter, up, down } = c.req.valid('form')
      const moved = up ?? down
      const isKnown = moved === undefined || chapter.includes(moved)
      const order = moved === undefined ? chapter : stepped(chapter, moved, up === undefined ? 'down' : 'up')
      const isDone = isKnown && (await reorderChapters(services, user.id, course.id, order))
      if (!isDone) return showOrder(c, true)
      if (!isPartial(c)) return c.redirect(paths.teachCourse(course.id), 303)
      return showOrder(c, false, moved)
    },
  )

function refuseChapter(c: CourseContext, { values, errors }: FormProblem): Promise<Response> {
  return showCourse(c, ({ course, chapters }) => <CourseChapters course={course} {...chapters} />, {
    status: 422,
    chapters: { title: values.title, error: errors.title },
  })
}

/** The present order; with 409 when the page that asked showed another set of chapters. */
const showOrder = (c: CourseContext, isStale: boolean, moved?: string): Promise<Response> =>
  showCourse(
    c,
    ({ course }) => {
      const place = course.chapters.findIndex(({ id }) => id === moved)
      const chapter = course.chapters[place]
      const text = chapter
        ? `${chapter.title} is now ${place + 1} of ${course.chapters.length}.`
        : 'The new order is saved.'
      if (!isStale) trigger(c, { announce: { text } })
      return <OrderUpdate course={course} isStale={isStale} />
    },
    isStale ? { status: 409, chapters: { isStale } } : {},
  )
