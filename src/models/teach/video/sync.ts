import { and, eq, inArray } from 'drizzle-orm'
import { transact } from '../../../db/connect'
import { muxData, videoUploads } from '../../../db/schema'
import { isExpired, nextSyncSeconds } from '../../../rules/teach/video-sync'
import { required, type Services } from '../../../services'
import { applyVideoEvent, assetDeleted, assetEvent, uploadEvent } from './event'

type Parts = Pick<Services, 'db' | 'video' | 'now'>

/** Asks the vendor how far an upload is and takes it in as its webhooks would have been. Gives when to ask again, null when the upload is over. Refuses with `upstream`. */
export async function syncUpload(services: Parts, uploadId: string): Promise<Date | null> {
  const { db, now } = services
  const row = await findUnderWay(services, uploadId)
  if (!row) return null
  await askVendor(services, row)
  const after = await findUnderWay(services, uploadId)
  if (!after) return null
  const ageSeconds = (now().getTime() - after.createdAt.getTime()) / 1000
  if (!isExpired({ state: after.state, isOpen: after.vendorUploadId !== null }, ageSeconds))
    return new Date(now().getTime() + nextSyncSeconds(ageSeconds) * 1000)
  await transact(db, (tx) => applyVideoEvent(tx, services, { event: 'expired', news: { uploadId } }))
  return null
}

type UploadRow = typeof videoUploads.$inferSelect

async function findUnderWay({ db }: Pick<Services, 'db'>, uploadId: string) {
  const [row] = await db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
  const { state } = row ?? {}
  return row && (state === 'waiting' || state === 'preparing') ? { ...row, state } : null
}

async function askVendor(services: Parts, row: UploadRow): Promise<void> {
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

/** Ends an upload at the vendor; where it became an asset already, that is deleted. Refuses with `upstream`. */
export async function cancelVendorUpload(
  services: Pick<Services, 'db' | 'video'>,
  vendorUploadId: string,
): Promise<void> {
  const video = required(services.video, 'Video')
  await video.cancelUpload(vendorUploadId)
  const upload = await video.findUpload(vendorUploadId)
  if (upload?.assetId) await deleteUnusedAsset(services, upload.assetId)
}

/** Deletes an asset at the vendor, unless a chapter plays it or waits for it. Refuses with `upstream`. */
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
