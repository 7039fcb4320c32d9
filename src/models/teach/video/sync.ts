import { and, eq, inArray } from 'drizzle-orm'
import { transact } from '../../../db/connect'
import { muxData, videoUploads } from '../../../db/schema'
import { isExpired, nextSyncSeconds } from '../../../rules/teach/video-upload'
import { later } from '../../../rules/time'
import { required, type Services } from '../../../services'
import { applyVideoEvent, assetDeleted, assetEvent, uploadEvent } from './event'

type DbVideoNow = Pick<Services, 'db' | 'video' | 'now'>

/** When to ask again, or null when the upload is over; AppError `upstream`. */
export async function syncUpload(services: DbVideoNow, uploadId: string): Promise<Date | null> {
  const { db, now } = services
  const row = await findUnderWay(services, uploadId)
  if (!row) return null
  await applyVendorState(services, row)
  const after = await findUnderWay(services, uploadId)
  if (!after) return null
  const ageSeconds = (now().getTime() - after.createdAt.getTime()) / 1000
  if (!isExpired({ state: after.state, isOpen: after.vendorUploadId !== null }, ageSeconds))
    return later(now(), nextSyncSeconds(ageSeconds))
  await transact(db, (tx) => applyVideoEvent(tx, services, { event: 'expired', details: { uploadId } }))
  return null
}

type UploadRow = typeof videoUploads.$inferSelect

async function findUnderWay({ db }: Pick<Services, 'db'>, uploadId: string) {
  const [row] = await db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
  const { state } = row ?? {}
  return row && (state === 'waiting' || state === 'preparing') ? { ...row, state } : null
}

async function applyVendorState(services: DbVideoNow, row: UploadRow): Promise<void> {
  if (!row.vendorUploadId) return
  const video = required(services.video, 'Video')
  const upload = row.assetId ? null : await video.findUpload(row.vendorUploadId)
  const assetId = row.assetId ?? upload?.assetId
  const asset = assetId ? await video.findAsset(assetId) : null
  const uploadId = row.id
  await transact(services.db, async (tx) => {
    if (upload) await applyVideoEvent(tx, services, uploadEvent({ ...upload, uploadId }))
    if (asset) await applyVideoEvent(tx, services, assetEvent({ ...asset, uploadId }))
    else if (assetId) await applyVideoEvent(tx, services, assetDeleted({ assetId, uploadId }))
  })
}

/** Also deletes the asset it has become; AppError `upstream`. */
export async function cancelVendorUpload(
  services: Pick<Services, 'db' | 'video'>,
  vendorUploadId: string,
): Promise<void> {
  const video = required(services.video, 'Video')
  await video.cancelUpload(vendorUploadId)
  const upload = await video.findUpload(vendorUploadId)
  if (upload?.assetId) await deleteUnusedAsset(services, upload.assetId)
}

/** Leaves an asset that a chapter plays or an upload waits for; AppError `upstream`. */
export async function deleteUnusedAsset(
  services: Pick<Services, 'db' | 'video'>,
  assetId: string,
): Promise<void> {
  const { db } = services
  const [played] = await db.select({ id: muxData.id }).from(muxData).where(eq(muxData.assetId, assetId))
  const isWaitedFor = inArray(videoUploads.state, ['waiting', 'preparing'])
  const [awaited] = await db
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(and(eq(videoUploads.assetId, assetId), isWaitedFor))
  if (!played && !awaited) await required(services.video, 'Video').deleteAsset(assetId)
}
