import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import * as z from 'zod'
import {
  ChapterPage,
  type ChapterPageProps,
  ChapterState,
  ChapterUpdates,
  withdrawn,
} from '../../../views/teach/chapter'
import { type ChapterField, ChapterSetting, chapterFields } from '../../../views/teach/chapter-setting'
import { ChapterVideo } from '../../../views/teach/video'
import { changeChapter, deleteChapter, findTeachChapter } from '../../models/teach/chapter'
import { publishChapter, unpublishChapter } from '../../models/teach/publishing'
import { findChapterVideo } from '../../models/teach/video/video'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { type GuardedContext, on } from '../../web/guards'
import { changed, isPartial, show } from '../../web/html'
import { Markdown, OnOff, Title } from './fields'

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
  .get(...on(paths.teachChapter), (c) => showChapter(c, state))
  .post(...on(paths.teachChapter), form(ChapterForm, refuse), async (c) => {
    const typed = c.req.valid('form')
    const outcome = await changeChapter(c.var.services, ...place(c), typed)
    if (outcome === 'needed') return refuse(c, { values: {}, errors: { description: needed } })
    const field = chapterFields.find((name) => typed[name] !== undefined)
    return changed(c, {
      notice: field ? saved[field] : 'Nothing to save.',
      isShown: true,
      to: chapterPage(c),
      part: () =>
        showChapter(c, (props) => (
          <>
            <ChapterSetting {...props} field={field ?? 'title'} isSaved />
            <ChapterUpdates {...props} />
            <hx-partial hx-target="#chapter-state" hx-swap="outerHTML">
              <ChapterState {...props} />
            </hx-partial>
          </>
        )),
    })
  })
  .post(...on(paths.teachChapterPublication), async (c) => {
    const missing = await publishChapter(c.var.services, ...place(c))
    if (missing.length > 0) return showChapter(c, state, { status: 422, isRefused: true })
    return publicationChanged(c, 'The chapter is published.')
  })
  .post(...on(paths.teachChapterPublicationDelete), async (c) => {
    const { courseUnpublished } = await unpublishChapter(c.var.services, ...place(c))
    return publicationChanged(c, 'The chapter is unpublished.', courseUnpublished)
  })
  .post(...on(paths.teachChapterDelete), async (c) => {
    const { courseUnpublished } = await deleteChapter(c.var.services, ...place(c))
    const notice = courseUnpublished ? `The chapter is deleted. ${withdrawn}` : 'The chapter is deleted.'
    return changed(c, { notice, to: paths.teachCourse(c.var.course.id) })
  })

type ChapterContext = GuardedContext<'ownChapter'>

/** Whose chapter, of which course, and which. */
const place = (c: ChapterContext): [ownerId: string, courseId: string, chapterId: string] => [
  c.var.user.id,
  c.var.course.id,
  c.var.chapter.id,
]
const chapterPage = (c: ChapterContext) => paths.teachChapter(c.var.course.id, c.var.chapter.id)

const state = (props: ChapterPageProps) => (
  <>
    <ChapterState {...props} />
    <ChapterUpdates {...props} />
  </>
)

const publicationChanged = (c: ChapterContext, text: string, courseUnpublished = false) =>
  changed(c, {
    notice: courseUnpublished && !isPartial(c) ? `${text} ${withdrawn}` : text,
    to: chapterPage(c),
    part: () => showChapter(c, state, { courseUnpublished }),
  })

async function showChapter(
  c: ChapterContext,
  partOf: (props: ChapterPageProps) => Child,
  { status, ...more }: Omit<ChapterPageProps, 'chapter' | 'children'> & { status?: 422 } = {},
): Promise<Response> {
  const { services } = c.var
  const [ownerId, courseId, chapterId] = place(c)
  const chapter = await findTeachChapter(services, ownerId, courseId, chapterId)
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

function refuse(c: ChapterContext, { values, errors }: FormProblem): Promise<Response> {
  const field = chapterFields.find((name) => name in errors) ?? 'title'
  return showChapter(
    c,
    (props) => (
      <ChapterSetting {...props} field={field} typed={values[field]} error={errors[field] ?? errors.form} />
    ),
    { status: 422, settings: { values, errors } },
  )
}
