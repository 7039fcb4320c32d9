import { Hono } from 'hono'
import { ChapterVideo, statusKey, VideoUpdate } from '../../../views/teach/video'
import { VideoPage } from '../../../views/teach/video-page'
import { AppError } from '../../errors'
import { log } from '../../log'
import { openUpload, stopUploads } from '../../models/teach/video/upload'
import { findChapterVideo, type OwnChapter, removeVideo } from '../../models/teach/video/video'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type GuardedContext, on } from '../../web/guards'
import { changed, isPartial, show, trigger } from '../../web/html'

/** Failures that the uploading script says in its own place. */
const spoken = { upstream: 502, unavailable: 503, conflict: 409 } as const

/** The video of one's own chapter: its upload, how it stands, and its removal. */
export const teachVideo = new Hono<Env>()
  .post(...on(paths.teachVideo), async (c) => {
    const own = ownChapter(c)
    const { title } = await findChapterVideo(c.var.services, own)
    try {
      const chapter = { id: own.chapterId, title, ownerId: own.ownerId }
      const { uploadId, url } = await openUpload(c.var.services, chapter)
      return c.json({ uploadUrl: url, uploadId })
    } catch (error) {
      if (!(error instanceof AppError) || !(error.code in spoken)) throw error
      log('warn', { upload: own.chapterId, refused: error.code, error })
      return c.json({ error: error.message }, spoken[error.code as keyof typeof spoken])
    }
  })
  .get(...on(paths.teachVideo), async (c) => {
    const services = c.var.services
    const own = ownChapter(c)
    const video = { ...(await findChapterVideo(services, own)), isOffered: services.video !== null }
    const shown = c.req.query('shown')
    if (isPartial(c)) {
      if (shown === statusKey(video)) return c.body(null, 204)
      // What else the page says of the chapter depends on its video.
      trigger(c, { 'video-shown': {} })
    }
    return show(c, {
      title: `Video of ${video.title}`,
      policy: 'player',
      scripts: ['video-upload.js'],
      page: (
        <VideoPage title={video.title} back={paths.teachChapter(own.courseId, own.chapterId)}>
          <ChapterVideo {...video} />
        </VideoPage>
      ),
      part: <VideoUpdate {...video} shown={shown ?? ''} />,
    })
  })
  .post(...on(paths.teachVideoDelete), async (c) => {
    const own = ownChapter(c)
    const unpublished = await removeVideo(c.var.services, own)
    const to = paths.teachChapter(own.courseId, own.chapterId)
    return changed(c, { notice: removed[unpublished], to })
  })
  .post(...on(paths.teachUploadDelete), async (c) => {
    const own = ownChapter(c)
    await stopUploads(c.var.services, own)
    const to = paths.teachChapter(own.courseId, own.chapterId)
    return changed(c, { notice: 'The upload is stopped.', to })
  })

const removed = {
  nothing: 'The video is removed.',
  chapter: 'The video is removed. A lesson without a video cannot be published, so it is a draft again.',
  course:
    'The video is removed. It was the last published lesson, so the lesson and the course are drafts again.',
}

const ownChapter = (c: GuardedContext<'ownChapter'>): OwnChapter => ({
  ownerId: c.var.user.id,
  courseId: c.var.course.id,
  chapterId: c.var.chapter.id,
})
