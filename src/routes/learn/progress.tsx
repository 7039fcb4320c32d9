import { Hono } from 'hono'
import * as z from 'zod'
import { ErrorPage } from '../../../views/error'
import { ProgressChange } from '../../../views/learn/chapter-progress'
import { listChapters } from '../../models/learn/course-content'
import { savePosition, setCompleted } from '../../models/learn/progress'
import { paths } from '../../paths'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, show } from '../../web/html'

const unreadable = (c: AppContext) => {
  const message = 'We could not read this form, so nothing has changed.'
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

export const progress = new Hono<Env>()
  .post(...on(paths.chapterProgress), form(CompletionForm, unreadable), async (c) => {
    const { services, user, chapter } = c.var
    const { id, course, access, title } = chapter
    const isCompleted = c.req.valid('form').completed === 'on'
    await setCompleted(services, user.id, chapter, isCompleted)
    return changed(c, {
      notice: isCompleted ? 'Marked as complete.' : 'Marked as not complete.',
      isShown: true,
      to: paths.chapter(course.slug, id),
      part: async () => {
        const chapters = await listChapters(services, user.id, course.id, { drafts: access === 'owner' })
        const change = <ProgressChange {...{ chapter, chapters }} />
        return show(c, { title: `${title} · ${course.title}`, page: change, part: change })
      },
    })
  })
  .post(...on(paths.chapterPosition), form(PositionForm, unreadable), async (c) => {
    const { services, user, chapter } = c.var
    await savePosition(services, user.id, chapter, c.req.valid('form').seconds)
    return c.body(null, 204)
  })
