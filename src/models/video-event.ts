import { eq } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { chapters, type UploadState, videoUploads } from '../db/schema'
import type { VideoAsset, VideoEvent, VideoUpload } from '../ports/video/video'
import type { Services } from '../services'
import { type Clock, cancelUploadLater, deleteAssetLater } from './video-job'
import { loseAsset } from './video-loss'
import { becomeVideo } from './video-swap'
import { receiveOnce } from './webhook-event'

type UploadRow = typeof videoUploads.$inferSelect

/** Takes in a webhook whose signature was right, in whatever order it comes; gives what came of it, in words. */
export const receiveVideoEvent = (
  services: Pick<Services, 'db' | 'now'>,
  event: VideoEvent,
  payload: unknown,
): Promise<string> =>
  receiveOnce(services, { source: 'mux', id: event.id, type: event.type, payload }, async (tx) => {
    if (event.about === 'upload') return noteUpload(tx, services, event.upload)
    if (event.about === 'asset' && event.deleted) return loseAsset(tx, services, event.asset)
    if (event.about === 'asset') return noteAsset(tx, services, event.asset)
    return 'nothing to do'
  })

const stateOf: Record<VideoUpload['state'], UploadState> = {
  waiting: 'waiting',
  asset_created: 'preparing',
  errored: 'errored',
  cancelled: 'cancelled',
  timed_out: 'errored',
}

/** Keeps how far an upload is; one that is wanted no more is ended at the vendor, with what it became. */
export async function noteUpload(tx: Transaction, clock: Clock, heard: VideoUpload): Promise<string> {
  const row = await lockUpload(tx, heard)
  if (!row) return 'unknown upload'
  if (row.state === 'cancelled' || row.state === 'errored') {
    if (heard.assetId) await deleteAssetLater(tx, clock, heard.assetId)
    else if (heard.state === 'waiting') await cancelUploadLater(tx, clock, heard.vendorUploadId)
    return 'not wanted any more'
  }
  if (row.state !== 'waiting' || heard.state === 'waiting') return 'already known'
  const state = stateOf[heard.state]
  await change(tx, clock, row, {
    state,
    vendorUploadId: heard.vendorUploadId,
    assetId: heard.assetId ?? row.assetId,
    error: heard.error,
  })
  return state
}

/** Keeps how far an asset is; a ready one becomes its chapter's video, one that is wanted no more is deleted. */
export async function noteAsset(tx: Transaction, clock: Clock, asset: VideoAsset): Promise<string> {
  const row = await lockUpload(tx, asset)
  if (!row) return 'unknown asset'
  if (row.state === 'ready') return 'already further'
  if (row.state === 'cancelled' || row.state === 'errored') {
    await deleteAssetLater(tx, clock, asset.assetId)
    return 'not wanted any more'
  }
  if (asset.state === 'errored') {
    await change(tx, clock, row, { state: 'errored', assetId: asset.assetId, error: asset.error })
    await deleteAssetLater(tx, clock, asset.assetId)
    return 'errored'
  }
  if (asset.state === 'preparing' || !asset.playbackId) {
    await change(tx, clock, row, { state: 'preparing', assetId: asset.assetId })
    return 'preparing'
  }
  await change(tx, clock, row, { state: 'ready', assetId: asset.assetId, error: null })
  return becomeVideo(tx, clock, row, { ...asset, playbackId: asset.playbackId })
}

/** Locks the chapter before its upload, as every change of a chapter's video does. Our own id leads, the vendor's are for what came without it. */
async function lockUpload(
  tx: Transaction,
  heard: { uploadId: string | null; vendorUploadId: string | null; assetId: string | null },
): Promise<UploadRow | undefined> {
  const { uploadId, vendorUploadId, assetId } = heard
  const [found] = [
    ...(uploadId ? await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId)) : []),
    ...(vendorUploadId
      ? await tx.select().from(videoUploads).where(eq(videoUploads.vendorUploadId, vendorUploadId))
      : []),
    ...(assetId ? await tx.select().from(videoUploads).where(eq(videoUploads.assetId, assetId)) : []),
  ]
  if (!found) return undefined
  if (found.chapterId)
    await tx.select({ id: chapters.id }).from(chapters).where(eq(chapters.id, found.chapterId)).for('update')
  const [row] = await tx.select().from(videoUploads).where(eq(videoUploads.id, found.id)).for('update')
  return row
}

const change = (tx: Transaction, clock: Clock, row: UploadRow, values: Partial<UploadRow>) =>
  tx
    .update(videoUploads)
    .set({ ...values, error: values.error?.slice(0, 500) ?? values.error, updatedAt: clock.now() })
    .where(eq(videoUploads.id, row.id))
