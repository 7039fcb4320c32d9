import { Hono } from 'hono'
import { courseUnpublishedText, keptText } from '../../../views/teach/chapter'
import { statusKey, VideoPage, VideoUpdate } from '../../../views/teach/video'
import { AppError, type ErrorCode } from '../../errors'
import { log } from '../../log'
import { openUpload, stopUploads } from '../../models/teach/video/upload'
import { findChapterVideo, removeVideo } from '../../models/teach/video/video'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { changed, isPartial, show, trigger } from '../../web/html'

/** The uploading script shows these beside the file. */
const statuses: Partial<Record<ErrorCode, 409 | 502 | 503>> = {
  upstream: 502,
  unavailable: 503,
  conflict: 409,
}

export const teachVideo = new Hono<Env>()
  .post(...on(paths.teachVideo), async (c) => {
    const { services, course, chapter } = c.var
    try {
      const { id, title } = chapter
      const { uploadId, url } = await openUpload(services, { id, title, ownerId: course.ownerId })
      return c.json({ uploadUrl: url, uploadId })
    } catch (error) {
      const status = error instanceof AppError ? statuses[error.code] : undefined
      if (!status || !(error instanceof AppError)) throw error
      log('warn', { upload: chapter.id, refused: error.code, error })
      return c.json({ error: error.message }, status)
    }
  })
  .get(...on(paths.teachVideo), async (c) => {
    const { services, course, chapter } = c.var
    const video = await findChapterVideo(services, chapter)
    const shown = c.req.query('shown') ?? ''
    if (isPartial(c)) {
      if (shown === statusKey(video)) return c.body(null, 204)
      // The state of the chapter depends on its video.
      trigger(c, { 'video-shown': {} })
    }
    const props = { chapter: { ...chapter, course }, video, isOffered: services.video !== null }
    return show(c, {
      title: `Video of ${chapter.title}`,
      policy: 'player',
      scripts: ['video-upload.js'],
      page: <VideoPage {...props} />,
      part: <VideoUpdate {...props} shown={shown} />,
    })
  })
  .post(...on(paths.teachVideoDelete), async (c) => {
    const { services, course, chapter } = c.var
    const { keepers, unpublished } = await removeVideo(services, course, chapter)
    return changed(c, {
      notice: keepers > 0 ? `${withdrawn[unpublished]} ${keptText(keepers)}` : removed[unpublished],
      to: paths.teachChapter(course.id, chapter.id),
    })
  })
  .post(...on(paths.teachUploadDelete), async (c) => {
    const { services, course, chapter } = c.var
    await stopUploads(services, course, chapter)
    return changed(c, {
      notice: 'The upload is stopped.',
      to: paths.teachChapter(course.id, chapter.id),
    })
  })

const removed = {
  nothing: 'The video is removed.',
  chapter: 'The video is removed. A chapter needs a video to be published, so it is a draft again.',
  course:
    'The video is removed. It was the last published chapter, so the chapter and the course are drafts again.',
}

/** Its video stays for who bought it. */
const withdrawn = {
  nothing: 'The lesson is withdrawn already.',
  chapter: 'The lesson is withdrawn with its video.',
  course: `The lesson is withdrawn with its video. ${courseUnpublishedText}`,
}
