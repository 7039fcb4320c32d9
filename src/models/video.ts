import { and, eq, lt } from 'drizzle-orm'
import { type Transaction, transact } from '../db/connect'
import { chapters, videoUploads } from '../db/schema'
import { AppError, notFound } from '../errors'
import { newId } from '../ids'
import { required, type Services } from '../services'
import { type Clock, cancelUploadLater, checkUploadLater } from './video-job'
import { endUpload } from './video-release'

type Parts = Pick<Services, 'db' | 'video' | 'now'>

/**
 * Opens an upload for a chapter and gives the address to send the bytes to; an older one that still waits for its bytes is stopped.
 * What plays now goes on playing until the new video is ready. Refuses with `upstream` while the vendor does not answer, `not_found`
 * when the chapter goes meanwhile, `conflict` when a newer upload was opened meanwhile.
 */
export async function openVideoUpload(
  services: Parts,
  chapter: { id: string; title: string; ownerId: string },
): Promise<{ uploadId: string; url: string }> {
  const video = required(services.video, 'Video')
  const uploadId = newId()
  await transact(services.db, (tx) => writeDown(tx, services, uploadId, chapter.id))
  const upload = { uploadId, title: chapter.title, creatorId: chapter.ownerId }
  const opened = await video.openUpload(upload).catch(async (error: unknown) => {
    await transact(services.db, (tx) => withdraw(tx, services, uploadId))
    throw error
  })
  const outcome = await transact(services.db, (tx) => begin(tx, services, uploadId, opened.vendorUploadId))
  if (outcome === 'chapter gone') throw notFound('chapter')
  if (outcome === 'overtaken')
    throw new AppError(
      'conflict',
      'Another upload for this lesson was started meanwhile, so this one stopped.',
    )
  return { uploadId, url: opened.url }
}

/** The row comes before the vendor's upload, so that whatever the vendor makes can be traced to it. */
async function writeDown(tx: Transaction, clock: Clock, uploadId: string, chapterId: string): Promise<void> {
  const [chapter] = await tx
    .select({ id: chapters.id })
    .from(chapters)
    .where(eq(chapters.id, chapterId))
    .for('update')
  if (!chapter) throw notFound('chapter')
  const now = clock.now()
  await tx.insert(videoUploads).values({ id: uploadId, chapterId, createdAt: now, updatedAt: now })
  await checkUploadLater(tx, clock, uploadId)
}

async function withdraw(tx: Transaction, clock: Clock, uploadId: string): Promise<void> {
  const [row] = await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId)).for('update')
  if (row) await endUpload(tx, clock, row)
}

async function begin(
  tx: Transaction,
  clock: Clock,
  uploadId: string,
  vendorUploadId: string,
): Promise<'begun' | 'overtaken' | 'chapter gone'> {
  const row = await lockOwnUpload(tx, uploadId)
  if (row?.state !== 'waiting' || !row.chapterId) {
    await cancelUploadLater(tx, clock, vendorUploadId)
    return row?.chapterId ? 'overtaken' : 'chapter gone'
  }
  await tx
    .update(videoUploads)
    .set({ vendorUploadId, updatedAt: clock.now() })
    .where(eq(videoUploads.id, uploadId))
  const older = await tx
    .select()
    .from(videoUploads)
    .where(
      and(
        eq(videoUploads.chapterId, row.chapterId),
        eq(videoUploads.state, 'waiting'),
        lt(videoUploads.id, uploadId),
      ),
    )
    .for('update')
  for (const upload of older) await endUpload(tx, clock, upload)
  return 'begun'
}

/** Locks the chapter before its upload, as every change of a chapter's video does. */
async function lockOwnUpload(tx: Transaction, uploadId: string) {
  const [found] = await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
  if (found?.chapterId)
    await tx.select({ id: chapters.id }).from(chapters).where(eq(chapters.id, found.chapterId)).for('update')
  const [row] = await tx.select().from(videoUploads).where(eq(videoUploads.id, uploadId)).for('update')
  return row
}
