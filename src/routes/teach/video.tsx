import { Hono } from 'hono'
import { ChapterVideo, standingKey, VideoChange } from '../../../views/teach/video'
import { VideoPage } from '../../../views/teach/video-page'
import { AppError } from '../../errors'
import { log } from '../../log'
import { openVideoUpload } from '../../models/video'
import {
  findChapterVideo,
  type OwnChapter,
  removeChapterVideo,
  stopChapterUploads,
} from '../../models/video-state'
import { urls } from '../../urls'
import { signedInAs } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { go, isPartial, show, trigger } from '../../web/html'

/** Failures that the uploading script says in its own place. */
const spoken = { upstream: 502, unavailable: 503, conflict: 409 } as const

/** The video of one's own chapter: its upload, how it stands, and its removal. */
export const teachVideo = new Hono<Env>()
  .post(urls.teachVideo(':id', ':chapterId'), async (c) => {
    const own = await ownChapter(c)
    const { title } = await findChapterVideo(c.get('services'), own)
    try {
      const chapter = { id: own.chapterId, title, ownerId: own.ownerId }
      const { uploadId, url } = await openVideoUpload(c.get('services'), chapter)
      return c.json({ uploadUrl: url, uploadId })
    } catch (error) {
      if (!(error instanceof AppError) || !(error.code in spoken)) throw error
      log('warn', { upload: own.chapterId, refused: error.code, error })
      return c.json({ error: error.message }, spoken[error.code as keyof typeof spoken])
    }
  })
  .get(urls.teachVideo(':id', ':chapterId'), async (c) => {
    const services = c.get('services')
    const own = await ownChapter(c)
    const video = { ...(await findChapterVideo(services, own)), isOffered: services.video !== null }
    const shown = c.req.query('shown')
    if (isPartial(c)) {
      if (shown === standingKey(video)) return c.body(null, 204)
      // What else the page says of the chapter depends on its video.
      trigger(c, { 'video-shown': {} })
    }
    return show(c, {
      title: `Video of ${video.title}`,
      policy: 'player',
      scripts: ['video-upload.js'],
      page: (
        <VideoPage title={video.title} back={urls.teachChapter(own.courseId, own.chapterId)}>
          <ChapterVideo {...video} />
        </VideoPage>
      ),
      part: <VideoChange {...video} shown={shown ?? ''} />,
    })
  })
  .post(urls.teachVideoDelete(':id', ':chapterId'), async (c) => {
    const own = await ownChapter(c)
    const unpublished = await removeChapterVideo(c.get('services'), own)
    leaveNotice(c, { kind: 'success', text: removed[unpublished] })
    return go(c, urls.teachChapter(own.courseId, own.chapterId))
  })
  .post(urls.teachVideoUploadDelete(':id', ':chapterId'), async (c) => {
    const own = await ownChapter(c)
    await stopChapterUploads(c.get('services'), own)
    leaveNotice(c, { kind: 'success', text: 'The upload is stopped.' })
    return go(c, urls.teachChapter(own.courseId, own.chapterId))
  })

const removed = {
  nothing: 'The video is removed.',
  chapter: 'The video is removed. A lesson without a video cannot be published, so it is a draft again.',
  course:
    'The video is removed. It was the last published lesson, so the lesson and the course are drafts again.',
}

const ownChapter = async (c: AppContext): Promise<OwnChapter> => ({
  ownerId: (await signedInAs(c, 'instructor', 'admin')).id,
  courseId: c.req.param('id') ?? '',
  chapterId: c.req.param('chapterId') ?? '',
})
