import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import { transact } from '../db/connect'
import { chapters, courses, muxData, videoUploads } from '../db/schema'
import { notFound } from '../errors'
import { tellingUpload, type VideoState, videoState } from '../rules/teach/video-state'
import type { Services } from '../services'
import { unpublishWithoutVideo } from './teach/chapter-unpublish'
import { lockOwnChapter } from './teach/own-course'
import { endUpload, releaseChapterVideos } from './video-release'

/** A chapter as its teacher asks for it; anybody else's is not found. */
export interface OwnChapter {
  ownerId: string
  courseId: string
  chapterId: string
}

export interface ChapterVideo {
  courseId: string
  chapterId: string
  title: string
  slug: string
  isPublished: boolean
  state: VideoState
  /** Why the last upload came to nothing, in words. */
  reason: string | null
  /** The upload that the state speaks of. */
  uploadId: string | null
  /** What plays now, also while another is under way. */
  playing: { playbackId: string; durationSeconds: number } | null
}

/** How the video of one's own chapter stands; AppError `not_found` for anybody else's. */
export async function findChapterVideo({ db }: Pick<Services, 'db'>, own: OwnChapter): Promise<ChapterVideo> {
  const [chapter] = await db
    .select({
      title: chapters.title,
      slug: courses.slug,
      isPublished: chapters.isPublished,
      playbackId: muxData.playbackId,
      durationSeconds: muxData.durationSeconds,
    })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(
      and(
        eq(chapters.id, own.chapterId),
        eq(courses.id, own.courseId),
        eq(courses.ownerId, own.ownerId),
        isNull(courses.archivedAt),
      ),
    )
  if (!chapter) throw notFound('chapter')
  const uploads = await db
    .select()
    .from(videoUploads)
    .where(and(eq(videoUploads.chapterId, own.chapterId), ne(videoUploads.state, 'cancelled')))
    .orderBy(desc(videoUploads.id))
    .limit(20)
  const { playbackId, durationSeconds, ...rest } = chapter
  const playing = playbackId === null ? null : { playbackId, durationSeconds: durationSeconds ?? 0 }
  const telling = tellingUpload(uploads.map((row) => ({ ...row, isOpen: row.vendorUploadId !== null })))
  return {
    courseId: own.courseId,
    chapterId: own.chapterId,
    ...rest,
    state: videoState(telling, playing !== null),
    reason: telling?.state === 'errored' ? telling.error : null,
    uploadId: telling?.id ?? null,
    playing,
  }
}

/** Removes the video of one's own chapter with all that is under way for it; a published chapter is unpublished, and with the last one its course. Gives what was unpublished. */
export const removeChapterVideo = (
  services: Pick<Services, 'db' | 'now'>,
  own: OwnChapter,
): Promise<'nothing' | 'chapter' | 'course'> =>
  transact(services.db, async (tx) => {
    const { chapter } = await lockOwnChapter(tx, own.ownerId, own.courseId, own.chapterId)
    await releaseChapterVideos(tx, services, [chapter.id])
    return unpublishWithoutVideo(tx, services, chapter)
  })

/** Stops the uploads of one's own chapter that wait for their bytes; what plays now stays. Harmless when none does. */
export const stopChapterUploads = (services: Pick<Services, 'db' | 'now'>, own: OwnChapter): Promise<void> =>
  transact(services.db, async (tx) => {
    await lockOwnChapter(tx, own.ownerId, own.courseId, own.chapterId)
    const waiting = await tx
      .select()
      .from(videoUploads)
      .where(and(eq(videoUploads.chapterId, own.chapterId), eq(videoUploads.state, 'waiting')))
      .for('update')
    for (const upload of waiting) await endUpload(tx, services, upload)
  })
