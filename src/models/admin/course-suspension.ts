import { and, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { courses, users } from '../../db/schema'
import { notFound } from '../../errors'
import type { DbNow, Services, TxNow } from '../../services'
import { onSale } from '../access'
import { recordAudit } from '../audit'
import { addJob } from '../job'

/** Off sale at once, and open as before to who owns it; its instructor reads `reason`. */
export const suspendCourse = (
  services: DbNow,
  actorId: string,
  { courseId, reason }: { courseId: string; reason: string },
): Promise<'suspended' | 'suspended already'> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now }
    const course = await lockCourse(db, courseId)
    if (course.suspendedAt) return 'suspended already'
    await setSuspended(tx, courseId, reason)
    await addJob(tx, 'mail-course-suspended', { courseId })
    await recordAudit(tx, {
      actorId,
      action: 'suspend-course',
      subject: { type: 'course', id: courseId },
      reason,
    })
    return 'suspended'
  })

/** Its instructor's publishing counts again: a published course is on sale at once. */
export const liftCourseSuspension = (
  services: DbNow,
  actorId: string,
  courseId: string,
): Promise<'on sale' | 'not published' | 'not suspended'> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now }
    const course = await lockCourse(db, courseId)
    if (!course.suspendedAt) return 'not suspended'
    await db
      .update(courses)
      .set({ suspendedAt: null, suspensionReason: null, updatedAt: tx.now() })
      .where(eq(courses.id, courseId))
    const subject = { type: 'course', id: courseId } as const
    await recordAudit(tx, { actorId, action: 'lift-course-suspension', subject })
    return course.isPublished && !course.archivedAt ? 'on sale' : 'not published'
  })

/** Only under the instructor's lock; gives how many were on sale. */
export async function suspendCoursesOf(
  tx: TxNow & { db: Transaction },
  actorId: string,
  { ownerId, reason }: { ownerId: string; reason: string },
): Promise<number> {
  const found = await tx.db
    .select({ id: courses.id })
    .from(courses)
    .where(and(eq(courses.ownerId, ownerId), onSale))
    .orderBy(courses.id)
    .for('update')
  for (const { id } of found) {
    await setSuspended(tx, id, reason)
    const subject = { type: 'course', id } as const
    await recordAudit(tx, { actorId, action: 'suspend-course', subject, reason })
  }
  return found.length
}

/** Deleted ones do not count. */
export async function countSuspendedCourses(db: Transaction, ownerId: string): Promise<number> {
  const isTheirs = and(eq(courses.ownerId, ownerId), isNull(courses.archivedAt))
  const [row] = await db
    .select({ n: count() })
    .from(courses)
    .where(and(isTheirs, isNotNull(courses.suspendedAt)))
  return row?.n ?? 0
}

/** Null when the course is on sale again, or its instructor cannot sign in. */
export async function findSuspensionEmail({ db }: Pick<Services, 'db'>, courseId: string) {
  const [found] = await db
    .select({
      course: { id: courses.id, title: courses.title, reason: courses.suspensionReason },
      instructor: { name: users.name, email: users.email },
      suspendedAt: courses.suspendedAt,
    })
    .from(courses)
    .innerJoin(users, and(eq(users.id, courses.ownerId), isNull(users.suspendedAt)))
    .where(eq(courses.id, courseId))
  return found?.suspendedAt ? found : null
}

const setSuspended = ({ db, now }: TxNow, courseId: string, reason: string) =>
  db
    .update(courses)
    .set({ suspendedAt: now(), suspensionReason: reason, updatedAt: now() })
    .where(eq(courses.id, courseId))

async function lockCourse(db: Transaction, courseId: string) {
  const [course] = await db
    .select({
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      suspendedAt: courses.suspendedAt,
    })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('update')
  if (!course) throw notFound('course')
  return course
}
