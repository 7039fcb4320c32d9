import { and, eq, gt } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { muxData, videoUploads } from '../db/schema'
import { newId } from '../ids'
import type { VideoAsset } from '../ports/video/video'
import { type Clock, deleteAssetLater } from './video-job'

/** Makes a ready asset the video of its chapter and deletes the one before; of two uploads the later one stays, whichever is ready first. The chapter must be locked. */
export async function becomeVideo(
  tx: Transaction,
  clock: Clock,
  upload: { id: string; chapterId: string | null },
  asset: VideoAsset & { playbackId: string },
): Promise<string> {
  const { id, chapterId } = upload
  if (!chapterId || (await hasNewerVideo(tx, id, chapterId))) {
    await deleteAssetLater(tx, clock, asset.assetId)
    return 'ready, but not wanted any more'
  }
  const [old] = await tx.select().from(muxData).where(eq(muxData.chapterId, chapterId)).for('update')
  if (old) {
    await tx.delete(muxData).where(eq(muxData.id, old.id))
    await deleteAssetLater(tx, clock, old.assetId)
  }
  await tx.insert(muxData).values({
    id: newId(),
    chapterId,
    assetId: asset.assetId,
    playbackId: asset.playbackId,
    durationSeconds: Math.round(asset.durationSeconds ?? 0),
    createdAt: clock.now(),
  })
  return 'ready'
}

/** Ids sort by the moment they were made, so a later upload has the greater one. */
async function hasNewerVideo(tx: Transaction, uploadId: string, chapterId: string): Promise<boolean> {
  const [newer] = await tx
    .select({ id: videoUploads.id })
    .from(videoUploads)
    .where(
      and(
        eq(videoUploads.chapterId, chapterId),
        gt(videoUploads.id, uploadId),
        eq(videoUploads.state, 'ready'),
      ),
    )
    .limit(1)
  return newer !== undefined
}
