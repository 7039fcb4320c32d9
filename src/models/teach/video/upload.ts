import { and, eq, lt, type SQL } from 'drizzle-orm'
import { type Transaction, transact } from '../../../db/connect'
import { chapters, videoUploads } from '../../../db/schema'
import { AppError, notFound } from '../../../errors'
import { newId } from '../../../ids'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import { type DbNow, required, type Services } from '../../../services'
import { addJob } from '../../job'
import type { ChapterKey } from '../chapter-unpublish'
import { lockOwnChapter } from '../own-course'
import { applyVideoEvent } from './event'
import { advance, type Clock, lockUpload, readUpload } from './lifecycle'
import type { OwnChapter } from './video'

type Parts = Pick<Services, 'db' | 'video' | 'now'>

/** When a new upload is first looked after: by then its page, and the webhooks of a short one, had their time. */
const firstSyncMs = 3 * 60_000

/**
 * Opens an upload for a chapter and gives the address to send the bytes to; an older one that still waits for its bytes is stopped.
 * What plays now goes on playing until the new video is ready. Refuses with `upstream` while the vendor does not answer, `not_found`
 * when the chapter goes meanwhile, `conflict` when a newer upload was opened meanwhile.
 */
export async function openUpload(
  services: Parts,
  chapter: { id: string; title: string; ownerId: string },
): Promise<{ uploadId: string; url: string }> {
  const { db } = services
  const video = required(services.video, 'Video')
  const uploadId = newId()
  await transact(db, (tx) => addUpload(tx, services, uploadId, chapter.id))
  const upload = { uploadId, title: chapter.title, creatorId: chapter.ownerId }
  const { vendorUploadId, url } = await video.openUpload(upload).catch(async (error: unknown) => {
    const failed = { event: 'opening failed', news: { uploadId } } as const
    await transact(db, (tx) => applyVideoEvent(tx, services, failed))
    throw error
  })
  const outcome = await transact(db, (tx) => beginUpload(tx, services, uploadId, vendorUploadId))
  if (outcome === 'chapter gone') throw notFound('chapter')
  if (outcome === 'overtaken')
    throw new AppError(
      'conflict',
      'Another upload for this lesson was started meanwhile, so this one stopped.',
    )
  return { uploadId, url }
}

/** The row comes before the vendor's upload, so that whatever the vendor makes can be traced to it. */
async function addUpload(tx: Transaction, clock: Clock, uploadId: string, chapterId: string): Promise<void> {
  const isChapter = eq(chapters.id, chapterId)
  const [chapter] = await tx.select({ id: chapters.id }).from(chapters).where(isChapter).for('update')
  if (!chapter) throw notFound('chapter')
  const now = clock.now()
  await tx.insert(videoUploads).values({ id: uploadId, chapterId, createdAt: now, updatedAt: now })
  const firstSync = new Date(now.getTime() + firstSyncMs)
  await addJob({ db: tx, now: clock.now }, 'check-upload', { uploadId }, firstSync)
}

async function beginUpload(
  tx: Transaction,
  clock: Clock,
  uploadId: string,
  vendorUploadId: string,
): Promise<'begun' | 'overtaken' | 'chapter gone'> {
  const upload = await lockUpload(tx, { uploadId })
  if (!upload) return 'chapter gone'
  const { to } = await advance(tx, clock, upload, { event: 'opened', news: { vendorUploadId } })
  if (!upload.chapter) return 'chapter gone'
  if (to === 'cancelled' || to === 'errored') return 'overtaken'
  await applyToWaiting(tx, clock, upload.chapter, 'newer opened', lt(videoUploads.id, uploadId))
  return 'begun'
}

/** Stops the uploads of one's own chapter that wait for their bytes; what plays now stays. Harmless when none does. */
export const stopUploads = (services: DbNow, own: OwnChapter): Promise<void> =>
  transact(services.db, async (tx) => {
    const { chapter } = await lockOwnChapter(tx, own.ownerId, own.courseId, own.chapterId)
    await applyToWaiting(tx, services, chapter, 'stopped')
  })

async function applyToWaiting(
  tx: Transaction,
  clock: Clock,
  chapter: ChapterKey,
  event: UploadEvent,
  which?: SQL,
): Promise<void> {
  const rows = await tx
    .select()
    .from(videoUploads)
    .where(and(eq(videoUploads.chapterId, chapter.id), eq(videoUploads.state, 'waiting'), which))
    .for('update')
  for (const row of rows) await advance(tx, clock, await readUpload(tx, row, chapter), { event })
}
