import { eq } from 'drizzle-orm'
import { courses } from '../../db/schema'
import type { StoredFile } from '../../ports/files/files'
import type { DbNow } from '../../services'
import { addJob } from '../job'
import { receiveOnce } from '../webhook-event'
import { lockCourseOfUploader } from './own-course'

/**
 * Makes an uploaded file the picture of a course; the old one is deleted by a job. A file counts once, however often it is told of.
 * Where the course is not this person's any more, the new file is deleted instead.
 */
export async function saveCourseImage(
  services: DbNow,
  to: { userId: string; courseId: string },
  { key, size, type }: StoredFile,
): Promise<void> {
  const event = {
    source: 'uploadthing',
    id: key,
    type: 'courseImage',
    payload: { key, size, type, ...to },
  } as const
  await receiveOnce(services, event, async (tx) => {
    const course = await lockCourseOfUploader(tx, to.userId, to.courseId)
    const unused = course ? course.imageKey : key
    if (course) {
      await tx
        .update(courses)
        .set({ imageKey: key, updatedAt: services.now() })
        .where(eq(courses.id, course.id))
    }
    if (unused) await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: unused })
    return course ? 'kept' : 'nobody to keep it for'
  })
}
