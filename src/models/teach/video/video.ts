import { and, asc, desc, eq, inArray, isNull, ne, notExists, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../../db/connect'
import { chapters, courses, muxData, orders, purchases, videoUploads } from '../../../db/schema'
import { notFound } from '../../../errors'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import { shownUpload, type VideoState, videoState } from '../../../rules/teach/video-state'
import type { DbNow, Services } from '../../../services'
import { lockOwnChapter } from '../own-course'
import { advance, type Clock, listPlaying, type Outcome, readUpload } from './lifecycle'

/** A chapter as its instructor asks for it; anybody else's is not found. */
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
  const shown = shownUpload(uploads.map((row) => ({ ...row, isOpen: row.vendorUploadId !== null })))
  return {
    courseId: own.courseId,
    chapterId: own.chapterId,
    ...rest,
    state: videoState(shown, playing !== null),
    reason: shown?.state === 'errored' ? shown.error : null,
    uploadId: shown?.id ?? null,
    playing,
  }
}

/** Removes the video of one's own chapter with all that is under way for it; a published chapter is unpublished, and with the last one its course. Gives what was unpublished. */
export const removeVideo = (services: DbNow, own: OwnChapter): Promise<Outcome['unpublished']> =>
  transact(services.db, async (tx) => {
    const { chapter } = await lockOwnChapter(tx, own.ownerId, own.courseId, own.chapterId)
    const outcomes = await applyToChapters(tx, services, [chapter.id], 'video removed')
    return outcomes.find(({ unpublished }) => unpublished !== 'nothing')?.unpublished ?? 'nothing'
  })

/**
 * Removes the videos of chapters in the transaction that deletes or archives these, with all that is under way. Locks the chapters.
 * The rows of the uploads stay, so that late events still clean up.
 */
export const removeVideosOf = (tx: Transaction, clock: Clock, chapterIds: string[]): Promise<Outcome[]> =>
  applyToChapters(tx, clock, chapterIds, 'chapter deleted')

/** Removes the videos from a person's courses that nobody has bought or may still be paying for. */
export async function removeUnsoldVideos(tx: Transaction, clock: Clock, ownerId: string): Promise<void> {
  const one = { one: sql`1` }
  const list = await tx
    .select({ id: chapters.id })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .where(
      and(
        eq(courses.ownerId, ownerId),
        notExists(tx.select(one).from(purchases).where(eq(purchases.courseId, courses.id))),
        notExists(tx.select(one).from(orders).where(eq(orders.courseId, courses.id))),
      ),
    )
  const ids = list.map(({ id }) => id)
  await removeVideosOf(tx, clock, ids)
}

async function applyToChapters(
  tx: Transaction,
  clock: Clock,
  chapterIds: string[],
  event: UploadEvent,
): Promise<Outcome[]> {
  if (chapterIds.length === 0) return []
  const locked = await tx
    .select({ id: chapters.id, courseId: chapters.courseId })
    .from(chapters)
    .where(inArray(chapters.id, chapterIds))
    .orderBy(asc(chapters.id))
    .for('update')
  const chapterOf = new Map(locked.map((chapter) => [chapter.id, chapter]))
  const uploads = await listPlaying(tx, inArray(muxData.chapterId, chapterIds))
  const isOpen = inArray(videoUploads.state, ['waiting', 'preparing', 'errored'])
  const rows = await tx
    .select()
    .from(videoUploads)
    .where(and(inArray(videoUploads.chapterId, chapterIds), isOpen))
    .for('update')
  for (const row of rows) uploads.push(await readUpload(tx, row, chapterOf.get(row.chapterId ?? '') ?? null))
  const outcomes: Outcome[] = []
  for (const upload of uploads) outcomes.push(await advance(tx, clock, upload, { event }))
  return outcomes
}
