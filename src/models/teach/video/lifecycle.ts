import { and, eq, gt } from 'drizzle-orm'
import type { Transaction } from '../../../db/connect'
import { muxData, type UploadState, videoUploads } from '../../../db/schema'
import { newId } from '../../../ids'
import {
  type Effect,
  nextStep,
  type Step,
  type UploadEvent,
  type UploadStage,
} from '../../../rules/teach/video-lifecycle'
import { addJob } from '../../job'
import { countLessons } from '../lesson-count'
import { lockChapter } from '../own-course'
import { unpublishChapterWithoutVideo } from '../publishing'
import { type Clock, type EventDetails, listPlaying, type Upload } from './upload-lock'

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
  await countLessons(tx, chapter.courseId)
}
