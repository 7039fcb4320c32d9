import { and, eq, lt, type SQL } from 'drizzle-orm'
import { type Transaction, transact } from '../../../db/connect'
import { chapters, videoUploads } from '../../../db/schema'
import { AppError, notFound } from '../../../errors'
import { newId } from '../../../ids'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import { later, minuteSeconds } from '../../../rules/time'
import { type DbNow, required, type Services } from '../../../services'
import { addJob } from '../../job'
import { type ChapterKey, type CourseKey, lockOwnChapter, type OwnChapter } from '../own-course'
import { applyVideoEvent } from './event'
import { advanceUpload } from './lifecycle'
import { type Clock, lockUpload, readUpload } from './upload-lock'

type DbVideoNow = Pick<Services, 'db' | 'video' | 'now'>

/** By then the page and the webhooks of a short video have done their work. */
const firstSyncSeconds = 3 * minuteSeconds

/**
 * Stops an older upload that waits for its bytes; AppError `upstream` while the video service does
 * not answer, `not_found` when the chapter was deleted, `conflict` after a newer upload.
 */
export async function openUpload(
  services: DbVideoNow,
  chapter: { id: string; title: string; ownerId: string },
): Promise<{ uploadId: string; url: string }> {
  const { db } = services
  const video = required(services.video, 'Video')
  const uploadId = newId()
  await transact(db, (tx) => addUpload(tx, services, uploadId, chapter.id))
  const upload = { uploadId, title: chapter.title, creatorId: chapter.ownerId }
  const { vendorUploadId, url } = await video.openUpload(upload).catch(async (error: unknown) => {
    const failed = { event: 'opening failed', details: { uploadId } } as const
    await transact(db, (tx) => applyVideoEvent(tx, services, failed))
    throw error
  })
  const outcome = await transact(db, (tx) => beginUpload(tx, services, uploadId, vendorUploadId))
  if (outcome === 'chapter deleted') throw notFound('chapter')
  if (outcome === 'superseded')
    throw new AppError('conflict', 'A newer upload for this chapter was started, so this one was stopped.')
  return { uploadId, url }
}

/** The row comes first, so that whatever the video service makes can be traced to it. */
async function addUpload(tx: Transaction, clock: Clock, uploadId: string, chapterId: string): Promise<void> {
  const isChapter = eq(chapters.id, chapterId)
  const [chapter] = await tx.select({ id: chapters.id }).from(chapters).where(isChapter).for('update')
  if (!chapter) throw notFound('chapter')
  const now = clock.now()
  await tx.insert(videoUploads).values({ id: uploadId, chapterId, createdAt: now, updatedAt: now })
  const firstSync = later(now, firstSyncSeconds)
  await addJob({ db: tx, now: clock.now }, 'check-upload', { uploadId }, firstSync)
}

async function beginUpload(
  tx: Transaction,
  clock: Clock,
  uploadId: string,
  vendorUploadId: string,
): Promise<'begun' | 'superseded' | 'chapter deleted'> {
  const upload = await lockUpload(tx, { uploadId })
  if (!upload) return 'chapter deleted'
  const { to } = await advanceUpload(tx, clock, upload, { event: 'opened', details: { vendorUploadId } })
  if (!upload.chapter) return 'chapter deleted'
  if (to === 'cancelled' || to === 'errored') return 'superseded'
  const older = lt(videoUploads.id, uploadId)
  await applyToWaiting(tx, clock, { chapter: upload.chapter, event: 'newer opened', where: older })
  return 'begun'
}

export const stopUploads = (
  services: DbNow,
  course: CourseKey,
  chapter: Pick<OwnChapter, 'id'>,
): Promise<void> =>
  transact(services.db, async (tx) => {
    const locked = await lockOwnChapter(tx, course, chapter)
    await applyToWaiting(tx, services, { chapter: locked, event: 'stopped' })
  })

async function applyToWaiting(
  tx: Transaction,
  clock: Clock,
  { chapter, event, where }: { chapter: ChapterKey; event: UploadEvent; where?: SQL },
): Promise<void> {
  const rows = await tx
    .select()
    .from(videoUploads)
    .where(and(eq(videoUploads.chapterId, chapter.id), eq(videoUploads.state, 'waiting'), where))
    .for('update')
  for (const row of rows) await advanceUpload(tx, clock, await readUpload(tx, row, chapter), { event })
}
