import { Hono } from 'hono'
import * as z from 'zod'
import { CourseNews } from '../../../views/teach/course'
import { CourseChapters, OrderChange } from '../../../views/teach/course-chapters'
import { addChapter, mostChapters } from '../../models/teach/chapter'
import { reorderChapters } from '../../models/teach/chapter-order'
import { stepped } from '../../rules/teach/ordering'
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { isPartial, trigger } from '../../web/html'
import { showCourse } from './course-page'
import { Several, Title } from './fields'
import { ownCourseFirst, placeOf } from './own'

const ChapterForm = z.object({ title: Title })
const OrderForm = z.object({ chapter: Several, up: z.string().optional(), down: z.string().optional() })

/** New chapters, and their order. */
export const teachChapters = new Hono<Env>()
  .post(urls.teachChapters(':id'), ownCourseFirst, form(ChapterForm, refuseChapter), async (c) => {
    const { ownerId, courseId } = await placeOf(c)
    const { title } = c.req.valid('form')
    const chapterId = await addChapter(c.get('services'), ownerId, courseId, title)
    if (!chapterId) {
      const error = `A course can have ${mostChapters} chapters. Delete some first.`
      return refuseChapter(c, { values: { title }, errors: { title: error } })
    }
    const text = `${title} is added.`
    if (isPartial(c)) {
      trigger(c, { announce: { text } })
      return showCourse(c, ({ course }) => (
        <>
          <CourseChapters course={course} isAdded />
          <CourseNews course={course} />
        </>
      ))
    }
    leaveNotice(c, { kind: 'success', text })
    return c.redirect(urls.teachCourse(courseId), 303)
  })
  .post(
    urls.teachChapterOrder(':id'),
    ownCourseFirst,
    form(OrderForm, (c) => showOrder(c, true)),
    async (c) => {
      const { ownerId, courseId } = await placeOf(c)
      const { chapter, up, down } = c.req.valid('form')
      const moved = up ?? down
      const isKnown = moved === undefined || chapter.includes(moved)
      const order = moved === undefined ? chapter : stepped(chapter, moved, up === undefined ? 'down' : 'up')
      const isDone = isKnown && (await reorderChapters(c.get('services'), ownerId, courseId, order))
      if (!isDone) return showOrder(c, true)
      if (!isPartial(c)) return c.redirect(urls.teachCourse(courseId), 303)
      return showOrder(c, false, moved)
    },
  )

function refuseChapter(c: AppContext, { values, errors }: FormProblem): Promise<Response> {
  return showCourse(c, ({ course, chapters }) => <CourseChapters course={course} {...chapters} />, {
    status: 422,
    chapters: { title: values.title, error: errors.title },
  })
}

/** The present order; with 409 when the page that asked showed another set of chapters. */
const showOrder = (c: AppContext, isStale: boolean, moved?: string): Promise<Response> =>
  showCourse(
    c,
    ({ course }) => {
      const place = course.chapters.findIndex(({ id }) => id === moved)
      const chapter = course.chapters[place]
      const text = chapter
        ? `${chapter.title} is now ${place + 1} of ${course.chapters.length}.`
        : 'The new order is saved.'
      if (!isStale) trigger(c, { announce: { text } })
      return <OrderChange course={course} isStale={isStale} />
    },
    isStale ? { status: 409, chapters: { isStale } } : {},
  )
