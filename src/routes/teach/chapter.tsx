import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import * as z from 'zod'
import {
  ChapterNews,
  ChapterPage,
  type ChapterPageProps,
  ChapterState,
  withdrawn,
} from '../../../views/teach/chapter'
import { type ChapterField, ChapterSetting, chapterFields } from '../../../views/teach/chapter-setting'
import { ChapterVideo } from '../../../views/teach/video'
import { changeChapter, deleteChapter, findStudioChapter } from '../../models/teach/chapter'
import { publishChapter, unpublishChapter } from '../../models/teach/publishing'
import { findChapterVideo } from '../../models/video-state'
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { go, isPartial, show, trigger } from '../../web/html'
import { Markdown, OnOff, Title } from './fields'
import { ownChapterFirst, placeOf } from './own'

const ChapterForm = z.object({
  title: Title.optional(),
  description: Markdown.optional(),
  isFree: OnOff.optional(),
})

const saved: Record<ChapterField, string> = {
  title: 'Title saved.',
  description: 'Description saved.',
  isFree: 'Free preview saved.',
}
const needed =
  'Students see this chapter, so it needs a description. Unpublish it first to take this one off.'

/** One chapter: what it says, whether students see it, its end. */
export const teachChapter = new Hono<Env>()
  .get(urls.teachChapter(':id', ':chapterId'), (c) => showChapter(c, state))
  .post(urls.teachChapter(':id', ':chapterId'), ownChapterFirst, form(ChapterForm, refuse), async (c) => {
    const typed = c.req.valid('form')
    const outcome = await changeChapter(c.get('services'), ...(await place(c)), typed)
    if (outcome === 'needed') return refuse(c, { values: {}, errors: { description: needed } })
    const field = chapterFields.find((name) => typed[name] !== undefined)
    const text = field ? saved[field] : 'Nothing to save.'
    if (!isPartial(c)) return back(c, text)
    trigger(c, { announce: { text } })
    return showChapter(c, (props) => (
      <>
        <ChapterSetting {...props} field={field ?? 'title'} isSaved />
        <ChapterNews {...props} />
        <hx-partial hx-target="#chapter-state" hx-swap="outerHTML">
          <ChapterState {...props} />
        </hx-partial>
      </>
    ))
  })
  .post(urls.teachChapterPublication(':id', ':chapterId'), async (c) => {
    const missing = await publishChapter(c.get('services'), ...(await place(c)))
    if (missing.length > 0) return showChapter(c, state, { status: 422, isRefused: true })
    return answer(c, 'The chapter is published.')
  })
  .post(urls.teachChapterPublicationDelete(':id', ':chapterId'), async (c) => {
    const { courseWithdrawn } = await unpublishChapter(c.get('services'), ...(await place(c)))
    return answer(c, 'The chapter is unpublished.', courseWithdrawn)
  })
  .post(urls.teachChapterDelete(':id', ':chapterId'), async (c) => {
    const { courseWithdrawn } = await deleteChapter(c.get('services'), ...(await place(c)))
    const text = courseWithdrawn ? `The chapter is deleted. ${withdrawn}` : 'The chapter is deleted.'
    leaveNotice(c, { kind: 'success', text })
    return go(c, urls.teachCourse(c.req.param('id') ?? ''))
  })

/** Whose chapter, of which course, and which. */
async function place(c: AppContext): Promise<[ownerId: string, courseId: string, chapterId: string]> {
  const { ownerId, courseId, chapterId } = await placeOf(c)
  return [ownerId, courseId, chapterId]
}

const state = (props: ChapterPageProps) => (
  <>
    <ChapterState {...props} />
    <ChapterNews {...props} />
  </>
)

async function showChapter(
  c: AppContext,
  partOf: (props: ChapterPageProps) => Child,
  { status, ...more }: Omit<ChapterPageProps, 'chapter' | 'children'> & { status?: 422 } = {},
): Promise<Response> {
  const services = c.get('services')
  const [ownerId, courseId, chapterId] = await place(c)
  const chapter = await findStudioChapter(services, ownerId, courseId, chapterId)
  const video = await findChapterVideo(services, { ownerId, courseId, chapterId })
  const props = { chapter, ...more }
  return show(c, {
    title: `${chapter.title} · ${chapter.course.title}`,
    status,
    policy: 'player',
    scripts: ['teach.js', 'video-upload.js'],
    page: (
      <ChapterPage {...props}>
        <ChapterVideo {...video} isOffered={services.video !== null} />
      </ChapterPage>
    ),
    part: partOf(props),
  })
}

async function answer(c: AppContext, text: string, courseWithdrawn = false): Promise<Response> {
  if (!isPartial(c)) return back(c, courseWithdrawn ? `${text} ${withdrawn}` : text)
  trigger(c, { toast: { kind: 'success', text } })
  return showChapter(c, state, { courseWithdrawn })
}

async function back(c: AppContext, text: string): Promise<Response> {
  const { courseId, chapterId } = await placeOf(c)
  leaveNotice(c, { kind: 'success', text })
  return c.redirect(urls.teachChapter(courseId, chapterId), 303)
}

function refuse(c: AppContext, { values, errors }: FormProblem): Promise<Response> {
  const field = chapterFields.find((name) => name in errors) ?? 'title'
  return showChapter(
    c,
    (props) => (
      <ChapterSetting {...props} field={field} typed={values[field]} error={errors[field] ?? errors.form} />
    ),
    { status: 422, settings: { values, errors } },
  )
}
