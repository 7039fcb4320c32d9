import { and, eq, inArray } from 'drizzle-orm'
import { transact } from '../db/connect'
import { muxData, videoUploads } from '../db/schema'
import { isGivenUp, nextVideoCheckSeconds } from '../rules/teach/video-check'
import { required, type Services } from '../services'
import { noteAsset, noteUpload } from './video-event'
import { loseAsset } from './video-loss'
import { endUpload } from './video-release'

type Parts = Pick<Services, 'db' | 'video' | 'now'>

/** Asks the vendor how far an upload is and takes it in as its webhooks would have been. Gives when to ask again, null when the upload is over. Refuses with `upstream`. */
export async function checkUpload(services: Parts, uploadId: string): Promise<Date | null> {
  const row = await findUpload(services, uploadId)
  if (!row || !isUnderWay(row)) return null
  await askVendor(services, row)
  const after = await findUpload(services, uploadId)
  if (!after || !isUnderWay(after)) return null
  const now = services.now().getTime()
  const age = (now - after.createdAt.getTime()) / 1000
  if (isGivenUp({ state: after.state, isOpen: after.vendorUploadId !== null }, age)) {
    await transact(services.db, async (tx) => {
      const [locked] = await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId)).for('update')
      if (locked) await endUpload(tx, services, locked)
    })
    return null
  }
  return new Date(now + nextVideoCheckSeconds(age) * 1000)
}

type UploadRow = typeof videoUploads.$inferSelect
type RowUnderWay = UploadRow & { state: 'waiting' | 'preparing' }

const isUnderWay = (row: UploadRow): row is RowUnderWay =>
  row.state === 'waiting' || row.state === 'preparing'

async function findUpload({ db }: Pick<Services, 'db'>, uploadId: string): Promise<UploadRow | undefined> {
  const [row] = await db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
  return row
}

async function askVendor(services: Parts, row: UploadRow): Promise<void> {
  if (!row.vendorUploadId) return
  const video = required(services.video, 'Video')
  const upload = row.assetId ? null : await video.findUpload(row.vendorUploadId)
  const assetId = row.assetId ?? upload?.assetId
  const asset = assetId ? await video.findAsset(assetId) : null
  await transact(services.db, async (tx) => {
    if (upload) await noteUpload(tx, services, { ...upload, uploadId: row.id })
    if (asset) await noteAsset(tx, services, { ...asset, uploadId: row.id })
    else if (assetId) await loseAsset(tx, services, { assetId, uploadId: row.id })
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
  const [awaited] = await db
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(and(eq(videoUploads.assetId, assetId), inArray(videoUploads.state, ['waiting', 'preparing'])))
  if (!played && !awaited) await required(services.video, 'Video').deleteAsset(assetId)
}
