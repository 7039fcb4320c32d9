import { Hono } from 'hono'
import { validator } from 'hono/validator'
import * as z from 'zod'
import { ErrorPage } from '../../../views/error'
import { ProgressChange } from '../../../views/learn/lesson-progress'
import { AppError, notFound } from '../../errors'
import { findLesson, listLessons, type OpenLesson } from '../../models/learn/lesson'
import { keepPosition, markLesson } from '../../models/learn/progress'
import { urls } from '../../urls'
import { signedIn, signedInFirst, viewerOf } from '../../web/auth'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { isPartial, show, trigger } from '../../web/html'
import { playable } from './player'

/** Whether this person may watch is asked before what they sent: 404 for what is not there for them, 403 for what is locked. */
const openLesson = validator('param', async (path, c: AppContext): Promise<OpenLesson> => {
  const viewer = await viewerOf(c)
  const { slug = '', chapterId = '' } = path
  const lesson = await findLesson(c.get('services'), viewer?.id ?? null, slug, chapterId)
  if (!lesson) throw notFound('lesson')
  if (lesson.access === 'locked')
    throw new AppError('forbidden', 'This lesson comes with the course. Buy or join it to go on.')
  return lesson
})

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
export const lessonProgress = new Hono<Env>()
  .post(
    '/learn/:slug/:chapterId/progress',
    signedInFirst,
    openLesson,
    form(CompletionForm, unreadable),
    async (c) => {
      const services = c.get('services')
      const { id: viewerId } = await signedIn(c)
      const lesson = c.req.valid('param')
      const { id: chapterId, course, access, title } = lesson
      const isDone = c.req.valid('form').completed === 'on'
      await markLesson(services, viewerId, lesson, isDone)
      if (!isPartial(c)) return c.redirect(urls.lesson(course.slug, chapterId), 303)
      const lessons = await listLessons(services, viewerId, course.id, access === 'owner')
      trigger(c, { announce: { text: isDone ? 'Marked as complete.' : 'Marked as not complete.' } })
      const change = <ProgressChange {...{ course, chapterId, access, lessons }} />
      return show(c, { title: `${title} · ${course.title}`, page: change, part: change })
    },
  )
  .post(
    '/learn/:slug/:chapterId/position',
    signedInFirst,
    openLesson,
    form(PositionForm, unreadable),
    async (c) => {
      const viewer = await signedIn(c)
      await keepPosition(c.get('services'), viewer.id, c.req.valid('param'), c.req.valid('form').seconds)
      return c.body(null, 204)
    },
  )
  .get('/learn/:slug/:chapterId/player', openLesson, async (c) => {
    c.header('Cache-Control', 'private, no-store')
    const player = await playable(c.get('services'), c.req.valid('param'))
    if (!player) throw notFound('video')
    return c.json(player)
  })
