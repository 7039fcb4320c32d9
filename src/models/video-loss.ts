import { eq } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { muxData, videoUploads } from '../db/schema'
import { lockChapter, unpublishWithoutVideo } from './teach/chapter-unpublish'
import type { Clock } from './video-job'

const goneInWords = 'This video no longer exists at the video service. Please upload the file again.'

/** Takes note that an asset exists no more at the vendor; a chapter that played it has no video then, and is not published any more. */
export async function loseAsset(
  tx: Transaction,
  clock: Clock,
  { assetId, uploadId }: { assetId: string; uploadId: string | null },
): Promise<string> {
  const [playing] = await tx.select().from(muxData).where(eq(muxData.assetId, assetId))
  const upload = await findUploadOf(tx, assetId, uploadId)
  const chapterId = playing?.chapterId ?? upload?.chapterId
  const chapter = chapterId ? await lockChapter(tx, chapterId) : undefined
  const [row] = upload
    ? await tx.select().from(videoUploads).where(eq(videoUploads.id, upload.id)).for('update')
    : []
  const [removed] = await tx.delete(muxData).where(eq(muxData.assetId, assetId))
  const isPlayed = removed.affectedRows > 0
  if (row && (isPlayed || row.state === 'waiting' || row.state === 'preparing')) {
    await tx
      .update(videoUploads)
      .set({ state: 'errored', assetId, error: goneInWords, updatedAt: clock.now() })
      .where(eq(videoUploads.id, row.id))
  }
  if (!isPlayed || !chapter) return 'gone'
  const unpublished = await unpublishWithoutVideo(tx, clock, chapter)
  return unpublished === 'nothing' ? 'video gone' : `video gone, ${unpublished} unpublished`
}

/** By the asset, or by our own id where none of its events came before. */
async function findUploadOf(tx: Transaction, assetId: string, uploadId: string | null) {
  const [known] = await tx.select().from(videoUploads).where(eq(videoUploads.assetId, assetId))
  if (known || !uploadId) return known
  const [announced] = await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
  return announced?.assetId ? undefined : announced
}
