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
import { type ChapterKey, lockChapter, unpublishChapterWithoutVideo } from '../chapter-unpublish'

export type Clock = Pick<Services, 'now'>
type UploadRow = typeof videoUploads.$inferSelect

/** An upload as it stands under the lock of its chapter; `row` is null for a video from before uploads were kept. */
export interface Upload {
  row: UploadRow | null
  stage: UploadStage
  /** Null when it was deleted. */
  chapter: ChapterKey | null
  assetId: string | null
}

/** What is known with an event; the ids say whose it is. */
export interface News {
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

/** Locks the chapter, then its upload, as every change of a chapter's video does. Our own id leads, the vendor's are for what came without it. */
export async function lockUpload(tx: Transaction, news: News): Promise<Upload | undefined> {
  const { uploadId, vendorUploadId, assetId } = news
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

/** How an upload of a locked chapter stands. */
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

/** Ids sort by the moment they were made, so a later upload has the greater one. */
async function isTooLate(tx: Transaction, { row, chapter }: Upload): Promise<boolean> {
  if (!row || !chapter) return true
  const isOfChapter = eq(videoUploads.chapterId, chapter.id)
  const [newer] = await tx
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(and(isOfChapter, gt(videoUploads.id, row.id), eq(videoUploads.state, 'ready')))
    .limit(1)
  return newer !== undefined
}

/** Takes a locked upload its next step, and carries out what the step asks for. */
export async function advance(
  tx: Transaction,
  clock: Clock,
  upload: Upload,
  { event, news = {} }: { event: UploadEvent; news?: News },
): Promise<Outcome> {
  const { row, stage } = upload
  const isLate = event === 'asset ready' && (await isTooLate(tx, upload))
  const step = nextStep(stage, isLate ? 'asset ready too late' : event)
  const assetId = upload.assetId ?? news.assetId ?? null
  const vendorUploadId = row?.vendorUploadId ?? news.vendorUploadId ?? null
  if (row && (step.to !== stage || assetId !== row.assetId)) {
    const error = step.to === stage ? row.error : (news.error?.slice(0, 500) ?? null)
    await tx
      .update(videoUploads)
      .set({ state: rowStates[step.to], assetId, vendorUploadId, error, updatedAt: clock.now() })
      .where(eq(videoUploads.id, row.id))
  }
  const outcome: Outcome = { ...step, unpublished: 'nothing' }
  for (const effect of step.effects)
    await carryOut[effect](tx, clock, { ...news, chapter: upload.chapter, assetId, vendorUploadId }, outcome)
  return outcome
}

type Facts = News & Pick<Upload, 'chapter'>

const carryOut: Record<
  Effect,
  (tx: Transaction, clock: Clock, facts: Facts, outcome: Outcome) => Promise<unknown>
> = {
  'cancel upload': async (tx, { now }, { vendorUploadId }) =>
    vendorUploadId && addJob({ db: tx, now }, 'cancel-upload', { vendorUploadId }),
  'delete asset': async (tx, { now }, { assetId }) =>
    assetId && addJob({ db: tx, now }, 'delete-asset', { assetId }),
  'remove video': (tx, _, { assetId }) => tx.delete(muxData).where(eq(muxData.assetId, assetId ?? '')),
  'play asset': replaceVideo,
  'unpublish chapter': async (tx, clock, facts, outcome) => {
    const chapter = facts.chapter ? await lockChapter(tx, facts.chapter) : undefined
    if (chapter) outcome.unpublished = await unpublishChapterWithoutVideo(tx, clock, chapter)
  },
}

/** Makes an asset the video of its chapter, instead of what played before. */
async function replaceVideo(tx: Transaction, clock: Clock, facts: Facts): Promise<void> {
  const { chapter, assetId, playbackId, durationSeconds } = facts
  if (!chapter || !assetId || !playbackId) throw new Error('An asset without a playback id cannot play.')
  const [playing] = await listPlaying(tx, eq(muxData.chapterId, chapter.id))
  if (playing) await advance(tx, clock, playing, { event: 'replaced' })
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
