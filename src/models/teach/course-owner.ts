import { and, asc, count, eq, exists, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db, Transaction } from '../../db/connect'
import { courses, purchases, users } from '../../db/schema'
import { AppError } from '../../errors'
import type { Courses } from '../../rules/account/roles'
import { onSale } from '../access'

/** `needed` are on sale or owned by a student. */
export async function countCoursesOf({ db }: { db: Db | Transaction }, userId: string): Promise<Courses> {
  const isOwned = exists(
    db
      .select({ one: sql`1` })
      .from(purchases)
      .where(and(eq(purchases.courseId, courses.id), isNull(purchases.revokedAt))),
  )
  const [row] = await db
    .select({
      total: sql`coalesce(sum(${courses.archivedAt} is null), 0)`.mapWith(Number),
      needed: sql`coalesce(sum(${or(onSale, isOwned)}), 0)`.mapWith(Number),
    })
    .from(courses)
    .where(eq(courses.ownerId, userId))
  return row ?? { total: 0, needed: 0 }
}

/** Gives how many; AppError `conflict` unless it goes to another administrator, not suspended. */
export async function handOverCourses(
  tx: Transaction,
  fromUserId: string,
  toAdminId: string,
): Promise<number> {
  const [admin] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, toAdminId), eq(users.role, 'admin'), isNull(users.suspendedAt)))
    .for('update')
  if (!admin || admin.id === fromUserId)
    throw new AppError('conflict', 'Courses can only be handed over to another administrator.')
  const [moved] = await tx.update(courses).set({ ownerId: admin.id }).where(eq(courses.ownerId, fromUserId))
  return moved.affectedRows
}

export async function findSuccessorAdmin(
  { db }: { db: Db | Transaction },
  userId: string,
): Promise<string | null> {
  const [admin] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt), ne(users.id, userId)))
    .orderBy(asc(users.id))
    .limit(1)
  return admin?.id ?? null
}

export async function countCoursesToHandOver(
  { db }: { db: Db | Transaction },
  userId: string,
): Promise<number> {
  const [row] = await db.select({ n: count() }).from(courses).where(eq(courses.ownerId, userId))
  return row?.n ?? 0
}
