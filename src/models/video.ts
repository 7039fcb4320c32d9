import { and, eq, gt, or } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { chapters, muxData, videoUploads } from '../db/schema'
import { newId } from '../ids'
import type { VideoAsset, VideoEvent, VideoUpload } from '../ports/video/video'
import { required, type Services } from '../services'
import { addJob } from './job'
import { receiveOnce } from './webhook-event'

type Clock = Pick<Services, 'now'>
type UploadRow = typeof videoUploads.$inferSelect

/** Opens an upload for a chapter and gives the address to send the bytes to. What plays now goes on playing until the new video is ready. Refuses with `upstream` while the vendor does not answer. */
export async function openVideoUpload(
  services: Pick<Services, 'db' | 'video' | 'now'>,
  chapter: { id: string; title: string; ownerId: string },
): Promise<{ uploadId: string; url: string }> {
  const video = required(services.video, 'Video')
  const uploadId = newId()
  const now = services.now()
  await services.db
    .insert(videoUploads)
    .values({ id: uploadId, chapterId: chapter.id, createdAt: now, updatedAt: now })
  const opened = await video.openUpload({ uploadId, title: chapter.title, creatorId: chapter.ownerId })
  await services.db
    .update(videoUploads)
    .set({ vendorUploadId: opened.vendorUploadId })
    .where(eq(videoUploads.id, uploadId))
  return { uploadId, url: opened.url }
}

/** Takes in a webhook whose signature was right, in whatever order it comes; gives what came of it, in words. */
export const receiveVideoEvent = (
  services: Pick<Services, 'db' | 'now'>,
  event: VideoEvent,
  payload: unknown,
): Promise<string> =>
  receiveOnce(services, { source: 'mux', id: event.id, type: event.type, payload }, async (tx) => {
    if (event.about === 'upload') return noteUpload(tx, services, event.upload)
    if (event.about === 'asset' && !event.deleted) return noteAsset(tx, services, event.asset)
    return 'nothing to do'
  })

async function noteUpload(tx: Transaction, clock: Clock, heard: VideoUpload): Promise<string> {
  const row = await lockUpload(tx, heard)
  if (!row) return 'unknown upload'
  if (row.state !== 'waiting') return 'already further'
  if (heard.state === 'waiting') return 'waiting'
  const state = (
    {
      asset_created: 'preparing',
      errored: 'errored',
      cancelled: 'cancelled',
      timed_out: 'cancelled',
    } as const
  )[heard.state]
  await change(tx, clock, row, { state, assetId: heard.assetId ?? row.assetId, error: heard.error })
  return state
}

/** Keeps how far an asset is; a ready one becomes its chapter's video. */
export async function noteAsset(tx: Transaction, clock: Clock, asset: VideoAsset): Promise<string> {
  const row = await lockUpload(tx, asset)
  if (!row) return 'unknown asset'
  if (row.state === 'ready' || row.state === 'errored') return 'already further'
  if (asset.state === 'errored') {
    await change(tx, clock, row, { state: 'errored', assetId: asset.assetId, error: asset.error })
    await deleteLater(tx, clock, asset.assetId)
    return 'errored'
  }
  if (asset.state === 'preparing' || !asset.playbackId) {
    await change(tx, clock, row, { state: 'preparing', assetId: asset.assetId })
    return 'preparing'
  }
  await change(tx, clock, row, { state: 'ready', assetId: asset.assetId, error: null })
  return becomeVideo(tx, clock, row, { ...asset, playbackId: asset.playbackId })
}

async function becomeVideo(
  tx: Transaction,
  clock: Clock,
  row: UploadRow,
  asset: VideoAsset & { playbackId: string },
): Promise<string> {
  if (!row.chapterId || (await hasNewerVideo(tx, row))) {
    await deleteLater(tx, clock, asset.assetId)
    return 'ready, but not wanted any more'
  }
  const [old] = await tx.select().from(muxData).where(eq(muxData.chapterId, row.chapterId)).for('update')
  if (old) {
    await tx.delete(muxData).where(eq(muxData.id, old.id))
    await deleteLater(tx, clock, old.assetId)
  }
  await tx.insert(muxData).values({
    id: newId(),
    chapterId: row.chapterId,
    assetId: asset.assetId,
    playbackId: asset.playbackId,
    durationSeconds: Math.round(asset.durationSeconds ?? 0),
    createdAt: clock.now(),
  })
  return 'ready'
}

/** Locks the chapter before its upload, as every change of a chapter's video does. */
async function lockUpload(
  tx: Transaction,
  heard: { uploadId: string | null; vendorUploadId: string | null; assetId: string | null },
): Promise<UploadRow | undefined> {
  const isIt = or(
    heard.uploadId ? eq(videoUploads.id, heard.uploadId) : undefined,
    heard.vendorUploadId ? eq(videoUploads.vendorUploadId, heard.vendorUploadId) : undefined,
    heard.assetId ? eq(videoUploads.assetId, heard.assetId) : undefined,
  )
  if (!isIt) return undefined
  const [found] = await tx.select().from(videoUploads).where(isIt)
  if (!found) return undefined
  if (found.chapterId)
    await tx.select({ id: chapters.id }).from(chapters).where(eq(chapters.id, found.chapterId)).for('update')
  const [row] = await tx.select().from(videoUploads).where(eq(videoUploads.id, found.id)).for('update')
  return row
}

/** Ids sort by the moment they were made, so a later upload has the greater one. */
async function hasNewerVideo(tx: Transaction, row: UploadRow): Promise<boolean> {
  if (!row.chapterId) return false
  const [newer] = await tx
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(
      and(
        eq(videoUploads.chapterId, row.chapterId),
        gt(videoUploads.id, row.id),
        eq(videoUploads.state, 'ready'),
      ),
    )
    .limit(1)
  return newer !== undefined
}

const change = (tx: Transaction, clock: Clock, row: UploadRow, values: Partial<UploadRow>) =>
  tx
    .update(videoUploads)
    .set({ ...values, error: values.error?.slice(0, 500) ?? values.error, updatedAt: clock.now() })
    .where(eq(videoUploads.id, row.id))

const deleteLater = (tx: Transaction, clock: Clock, assetId: string) =>
  addJob({ db: tx, now: clock.now }, 'delete-asset', { assetId })

/** Deletes an asset at the vendor, unless a chapter plays it. */
export async function deleteUnusedAsset(
  services: Pick<Services, 'db' | 'video'>,
  assetId: string,
): Promise<void> {
  const [used] = await services.db
    .select({ id: muxData.id })
    .from(muxData)
    .where(eq(muxData.assetId, assetId))
  if (!used) await required(services.video, 'Video').deleteAsset(assetId)
}
