import { and, eq, gt, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../../db/connect'
import { chapters, muxData, type UploadState, videoUploads } from '../../../db/schema'
import { newId } from '../../../ids'
import {
  type Effect,
  nextStep,
  type Step,
  type UploadEvent,
  type UploadStage,
} from '../../../rules/teach/video-lifecycle'
import type { Services } from '../../../services'
import { addJob } from '../../job'
import { type ChapterKey, lockChapter } from '../own-course'
import { unpublishChapterWithoutVideo } from '../publishing'

export type Clock = Pick<Services, 'now'>
type UploadRow = typeof videoUploads.$inferSelect

/**
 * An upload under the lock of its chapter; `row` is null for a video older than the table of
 * uploads.
 */
export interface Upload {
  row: UploadRow | null
  stage: UploadStage
  /** Null when it was deleted. */
  chapter: ChapterKey | null
  assetId: string | null
}

/** What an event says; its ids say which upload it is about. */
export interface EventDetails {
  uploadId?: string | null
  vendorUploadId?: string | null
  assetId?: string | null
  playbackId?: string | null
  durationSeconds?: number | null
  error?: string | null
}

export interface Outcome extends Step {
  unpublished: 'nothing' | 'chapter' | 'course'
}

const rowStates: Record<UploadStage, UploadState> = {
  opening: 'waiting',
  waiting: 'waiting',
  preparing: 'preparing',
  playing: 'ready',
  replaced: 'ready',
  errored: 'errored',
  cancelled: 'cancelled',
}

/**
 * Locks the chapter, then its upload; undefined when it is unknown. Our id counts before the
 * vendor's.
 */
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

/** Adds the stage to the row of an upload whose chapter is locked. */
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

/** Ids sort by time, so a later upload has the greater one. */
async function hasNewerVideo(tx: Transaction, { row, chapter }: Upload): Promise<boolean> {
  if (!row || !chapter) return true
  const isOfChapter = eq(videoUploads.chapterId, chapter.id)
  const [newer] = await tx
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(and(isOfChapter, gt(videoUploads.id, row.id), eq(videoUploads.state, 'ready')))
    .limit(1)
  return newer !== undefined
}

/**
 * Applies an event to a locked upload: stores its next stage and carries out the effects of the
 * step.
 */
export async function advanceUpload(
  tx: Transaction,
  clock: Clock,
  upload: Upload,
  { event, details = {} }: { event: UploadEvent; details?: EventDetails },
): Promise<Outcome> {
  const { row, stage } = upload
  const isTooLate = event === 'asset ready' && (await hasNewerVideo(tx, upload))
  const step = nextStep(stage, isTooLate ? 'asset ready too late' : event)
  const assetId = upload.assetId ?? details.assetId ?? null
  const vendorUploadId = row?.vendorUploadId ?? details.vendorUploadId ?? null
  if (row && (step.to !== stage || assetId !== row.assetId)) {
    const error = step.to === stage ? row.error : (details.error?.slice(0, 500) ?? null)
    await tx
      .update(videoUploads)
      .set({ state: rowStates[step.to], assetId, vendorUploadId, error, updatedAt: clock.now() })
      .where(eq(videoUploads.id, row.id))
  }
  const outcome: Outcome = { ...step, unpublished: 'nothing' }
  for (const effect of step.effects)
    await runEffect[effect](
      tx,
      clock,
      { ...details, chapter: upload.chapter, assetId, vendorUploadId },
      outcome,
    )
  return outcome
}

type StepDetails = EventDetails & Pick<Upload, 'chapter'>

const runEffect: Record<
  Effect,
  (tx: Transaction, clock: Clock, details: StepDetails, outcome: Outcome) => Promise<unknown>
> = {
  'cancel upload': async (tx, { now }, { vendorUploadId }) =>
    vendorUploadId && addJob({ db: tx, now }, 'cancel-upload', { vendorUploadId }),
  'delete asset': async (tx, { now }, { assetId }) =>
    assetId && addJob({ db: tx, now }, 'delete-asset', { assetId }),
  'remove video': (tx, _, { assetId }) => tx.delete(muxData).where(eq(muxData.assetId, assetId ?? '')),
  'play asset': replaceVideo,
  'unpublish chapter': async (tx, clock, details, outcome) => {
    const chapter = details.chapter ? await lockChapter(tx, details.chapter) : undefined
    if (chapter) outcome.unpublished = await unpublishChapterWithoutVideo(tx, clock, chapter)
  },
}

/** Makes an asset the video of its chapter in place of the one before. */
async function replaceVideo(tx: Transaction, clock: Clock, details: StepDetails): Promise<void> {
  const { chapter, assetId, playbackId, durationSeconds } = details
  if (!chapter || !assetId || !playbackId) throw new Error('An asset without a playback id cannot play.')
  const [playing] = await listPlaying(tx, eq(muxData.chapterId, chapter.id))
  if (playing) await advanceUpload(tx, clock, playing, { event: 'replaced' })
  await tx.insert(muxData).values({
    id: newId(),
    chapterId: chapter.id,
    assetId,
    playbackId,
    durationSeconds: Math.round(durationSeconds ?? 0),
    createdAt: clock.now(),
  })
}

/** The uploads whose assets play now; their chapters must be locked. */
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
