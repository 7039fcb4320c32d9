import { eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../../db/connect'
import { chapters, muxData, videoUploads } from '../../../db/schema'
import type { UploadStage } from '../../../rules/teach/video-lifecycle'
import type { Services } from '../../../services'
import { type ChapterKey, lockChapter } from '../own-course'

export type Clock = Pick<Services, 'now'>
type UploadRow = typeof videoUploads.$inferSelect

/** `row` is null for a video older than the table of uploads. */
export interface Upload {
  row: UploadRow | null
  stage: UploadStage
  chapter: ChapterKey | null
  assetId: string | null
}

export interface EventDetails {
  uploadId?: string | null
  vendorUploadId?: string | null
  assetId?: string | null
  playbackId?: string | null
  durationSeconds?: number | null
  error?: string | null
}

/** The chapter, then its upload; undefined when unknown; our id counts before the vendor's. */
export async function lockUpload(tx: Transaction, details: EventDetails): Promise<Upload | undefined> {
  const { uploadId, vendorUploadId, assetId } = details
  const found =
    (uploadId && (await findRow(tx, eq(videoUploads.id, uploadId)))) ||
    (vendorUploadId && (await findRow(tx, eq(videoUploads.vendorUploadId, vendorUploadId)))) ||
    (assetId && (await findRow(tx, eq(videoUploads.assetId, assetId))))
  if (!found) return assetId ? lockVideoWithoutUpload(tx, assetId) : undefined
  const chapter = found.chapter ? await lockChapter(tx, found.chapter) : undefined
  const [row] = await tx.select().from(videoUploads).where(eq(videoUploads.id, found.id)).for('update')
  // An upload becomes one asset only.
  if (!row || (assetId && row.assetId && row.assetId !== assetId)) return undefined
  return readUpload(tx, row, chapter ?? null)
}

const chapterKey = { id: chapters.id, courseId: chapters.courseId }

async function findRow(tx: Transaction, where: SQL) {
  const [row] = await tx
    .select({ id: videoUploads.id, chapter: chapterKey })
    .from(videoUploads)
    .leftJoin(chapters, eq(chapters.id, videoUploads.chapterId))
    .where(where)
  return row
}

async function lockVideoWithoutUpload(tx: Transaction, assetId: string): Promise<Upload | undefined> {
  const ofAsset = eq(muxData.assetId, assetId)
  const [chapter] = await tx
    .select(chapterKey)
    .from(muxData)
    .innerJoin(chapters, eq(chapters.id, muxData.chapterId))
    .where(ofAsset)
  if (!chapter) return undefined
  await lockChapter(tx, chapter)
  const [video] = await listPlaying(tx, ofAsset)
  return video
}

export async function readUpload(
  tx: Transaction,
  row: UploadRow,
  chapter: ChapterKey | null,
): Promise<Upload> {
  return { row, stage: await readStage(tx, row), chapter, assetId: row.assetId }
}

async function readStage(
  tx: Transaction,
  { state, vendorUploadId, assetId }: UploadRow,
): Promise<UploadStage> {
  if (state === 'waiting') return vendorUploadId ? 'waiting' : 'opening'
  if (state !== 'ready') return state
  const [video] = await tx
    .select({ id: muxData.id })
    .from(muxData)
    .where(eq(muxData.assetId, assetId ?? ''))
  return video ? 'playing' : 'replaced'
}

/** Their chapters must be locked. */
export async function listPlaying(tx: Transaction, where: SQL): Promise<Upload[]> {
  const rows = await tx
    .select({ assetId: muxData.assetId, chapter: chapterKey, row: videoUploads })
    .from(muxData)
    .innerJoin(chapters, eq(chapters.id, muxData.chapterId))
    .leftJoin(videoUploads, eq(videoUploads.assetId, muxData.assetId))
    .where(where)
    .for('update')
  return rows.map((upload) => ({ ...upload, stage: 'playing' }))
}
