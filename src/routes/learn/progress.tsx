import { Hono } from 'hono'
import * as z from 'zod'
import { ErrorPage } from '../../../views/error'
import { ProgressChange } from '../../../views/learn/chapter-progress'
import { notFound } from '../../errors'
import { listLessons } from '../../models/learn/chapter'
import { keepPosition, markLesson } from '../../models/learn/progress'
import { paths } from '../../paths'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, show } from '../../web/html'
import { playable } from './player'

const unreadable = (c: AppContext) => {
  const message = 'What was sent could not be read. Nothing has changed.'
  return show(c, {
    title: 'That did not work',
    status: 422,
    page: <ErrorPage status={422} title="That did not work" message={message} />,
  })
}
const CompletionForm = z.object({ completed: z.literal('on').optional() })
const PositionForm = z.object({
  seconds: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,20})?$/)
    .transform(Number),
})

/** What a student leaves behind in a lesson, and a fresh permission to play it. */
export const progress = new Hono<Env>()
  .post(...on(paths.chapterProgress), form(CompletionForm, unreadable), async (c) => {
    const { services, user, lesson } = c.var
    const { id: chapterId, course, access, title } = lesson
    const isCompleted = c.req.valid('form').completed === 'on'
    await markLesson(services, user.id, lesson, isCompleted)
    return changed(c, {
      notice: isCompleted ? 'Marked as complete.' : 'Marked as not complete.',
      isShown: true,
      to: paths.chapter(course.slug, chapterId),
      part: async () => {
        const lessons = await listLessons(services, user.id, course.id, access === 'owner')
        const change = <ProgressChange {...{ course, chapterId, access, lessons }} />
        return show(c, { title: `${title} · ${course.title}`, page: change, part: change })
      },
    })
  })
  .post(...on(paths.chapterPosition), form(PositionForm, unreadable), async (c) => {
    const { services, user, lesson } = c.var
    await keepPosition(services, user.id, lesson, c.req.valid('form').seconds)
    return c.body(null, 204)
  })
  .get(...on(paths.chapterPlayer), async (c) => {
    c.header('Cache-Control', 'private, no-store')
    const player = await playable(c.var.services, c.var.lesson)
    if (!player) throw notFound('video')
    return c.json(player)
  })
