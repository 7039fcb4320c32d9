import { and, asc, desc, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../../db/connect'
import { chapters, courses, muxData, orders, purchases, videoUploads } from '../../../db/schema'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import { shownUpload, type VideoState, videoState } from '../../../rules/teach/video-upload'
import type { DbNow, Services } from '../../../services'
import { type CourseKey, lockOwnChapter, type OwnChapter } from '../own-course'
import { countOwners, unpublishEmptyCourse, type Withdrawal, withdrawChapter } from '../publishing'
import { advanceUpload, type Outcome } from './lifecycle'
import { type Clock, listPlaying, readUpload } from './upload-lock'

export interface ChapterVideo {
  state: VideoState
  reason: string | null
  uploadId: string | null
  playing: { playbackId: string; durationSeconds: number } | null
}

export async function findChapterVideo(
  { db }: Pick<Services, 'db'>,
  { id }: Pick<OwnChapter, 'id'>,
): Promise<ChapterVideo> {
  const [playing = null] = await db
    .select({ playbackId: muxData.playbackId, durationSeconds: muxData.durationSeconds })
    .from(muxData)
    .where(eq(muxData.chapterId, id))
  const uploads = await db
    .select()
    .from(videoUploads)
    .where(and(eq(videoUploads.chapterId, id), ne(videoUploads.state, 'cancelled')))
    .orderBy(desc(videoUploads.id))
    .limit(20)
  const shown = shownUpload(uploads.map((row) => ({ ...row, isOpen: row.vendorUploadId !== null })))
  return {
    state: videoState(shown, playing !== null),
    reason: shown?.state === 'errored' ? shown.error : null,
    uploadId: shown?.id ?? null,
    playing,
  }
}

/**
 * Unpublishes the chapter, and its course with the last one. Where somebody has bought it the
 * chapter is withdrawn, and who bought it keeps its video; uploads under way end in both cases.
 */
export const removeVideo = (
  services: DbNow,
  course: CourseKey,
  chapter: Pick<OwnChapter, 'id'>,
): Promise<Pick<Withdrawal, 'keepers'> & Pick<Outcome, 'unpublished'>> =>
  transact(services.db, async (tx) => {
    const { isPublished, withdrawnAt } = await lockOwnChapter(tx, course, chapter)
    const keepers = isPublished || withdrawnAt ? await countOwners(tx, course.id) : 0
    const [video] = await tx
      .select({ id: muxData.id })
      .from(muxData)
      .where(eq(muxData.chapterId, chapter.id))
      .for('update')
    if (keepers > 0 && video)
      return {
        keepers,
        unpublished: await keepVideo(tx, services, course, { ...chapter, isPublished, keepers }),
      }
    const outcomes = await applyToChapters(tx, services, [chapter.id], 'video removed')
    const unpublished = outcomes.find((one) => one.unpublished !== 'nothing')?.unpublished ?? 'nothing'
    return { keepers: 0, unpublished }
  })

async function keepVideo(
  tx: Transaction,
  clock: Clock,
  course: CourseKey,
  { isPublished, ...chapter }: Pick<OwnChapter, 'id' | 'isPublished'> & Pick<Withdrawal, 'keepers'>,
): Promise<Outcome['unpublished']> {
  await endUploads(tx, clock, [chapter.id], 'video removed')
  if (!isPublished) return 'nothing'
  await withdrawChapter(tx, clock, chapter)
  return (await unpublishEmptyCourse(tx, clock, course.id)) ? 'course' : 'chapter'
}

/** In the transaction that deletes the chapters; rows stay, so that late events still clean up. */
export const removeVideosOf = (tx: Transaction, clock: Clock, chapterIds: string[]): Promise<Outcome[]> =>
  applyToChapters(tx, clock, chapterIds, 'chapter deleted')

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
  await lockChapters(tx, chapterIds)
  const outcomes: Outcome[] = []
  for (const upload of await listPlaying(tx, inArray(muxData.chapterId, chapterIds)))
    outcomes.push(await advanceUpload(tx, clock, upload, { event }))
  return [...outcomes, ...(await endUploads(tx, clock, chapterIds, event))]
}

const lockChapters = (tx: Transaction, chapterIds: string[]) =>
  tx
    .select({ id: chapters.id, courseId: chapters.courseId })
    .from(chapters)
    .where(inArray(chapters.id, chapterIds))
    .orderBy(asc(chapters.id))
    .for('update')

/** Of those that play nothing yet. */
async function endUploads(
  tx: Transaction,
  clock: Clock,
  chapterIds: string[],
  event: UploadEvent,
): Promise<Outcome[]> {
  const chapterOf = new Map((await lockChapters(tx, chapterIds)).map((chapter) => [chapter.id, chapter]))
  const isOpen = inArray(videoUploads.state, ['waiting', 'preparing', 'errored'])
  const rows = await tx
    .select()
    .from(videoUploads)
    .where(and(inArray(videoUploads.chapterId, chapterIds), isOpen))
    .for('update')
  const outcomes: Outcome[] = []
  for (const row of rows) {
    const upload = await readUpload(tx, row, chapterOf.get(row.chapterId ?? '') ?? null)
    outcomes.push(await advanceUpload(tx, clock, upload, { event }))
  }
  return outcomes
}
