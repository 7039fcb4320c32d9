import { asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { chapters, muxData, videoUploads } from '../db/schema'
import { type Clock, cancelUploadLater, deleteAssetLater } from './video-job'

type UploadRow = typeof videoUploads.$inferSelect

/**
 * Takes the videos away from chapters, in the transaction that removes them or their videos: what plays now and what is
 * under way goes at the vendor, too, by jobs. Locks the chapters. The rows of the uploads stay, so that late events still clean up.
 */
export async function releaseChapterVideos(
  tx: Transaction,
  clock: Clock,
  chapterIds: string[],
): Promise<void> {
  if (chapterIds.length === 0) return
  await tx
    .select({ id: chapters.id })
    .from(chapters)
    .where(inArray(chapters.id, chapterIds))
    .orderBy(asc(chapters.id))
    .for('update')
  const videos = await tx.select().from(muxData).where(inArray(muxData.chapterId, chapterIds)).for('update')
  if (videos.length > 0) {
    await tx.delete(muxData).where(
      inArray(
        muxData.id,
        videos.map(({ id }) => id),
      ),
    )
  }
  for (const { assetId } of videos) await deleteAssetLater(tx, clock, assetId)
  const uploads = await tx
    .select()
    .from(videoUploads)
    .where(inArray(videoUploads.chapterId, chapterIds))
    .for('update')
  for (const upload of uploads) await endUpload(tx, clock, upload)
}

/** Makes an upload that is not ready count no more, whatever becomes of it at the vendor. */
export async function endUpload(tx: Transaction, clock: Clock, upload: UploadRow): Promise<void> {
  if (upload.state === 'ready' || upload.state === 'cancelled') return
  await tx
    .update(videoUploads)
    .set({ state: 'cancelled', error: null, updatedAt: clock.now() })
    .where(eq(videoUploads.id, upload.id))
  if (upload.state === 'errored') return
  if (upload.assetId) await deleteAssetLater(tx, clock, upload.assetId)
  else if (upload.vendorUploadId) await cancelUploadLater(tx, clock, upload.vendorUploadId)
}
