import { and, asc, count, eq, exists, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db, Transaction } from '../../db/connect'
import { courses, purchases, users } from '../../db/schema'
import { AppError } from '../../errors'
import type { Courses } from '../../rules/account/roles'
import { onSale } from '../access'

/** How many courses a person teaches, and how many of them cannot be without an instructor. */
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

/**
 * Makes every course of a person who leaves, drafts and deleted ones too, an administrator's and gives how many.
 * Who bought one keeps it. AppError `conflict` when the heir is the same person or no administrator who can sign in.
 */
export async function handOverCourses(
  tx: Transaction,
  fromUserId: string,
  toAdminId: string,
): Promise<number> {
  const [heir] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, toAdminId), eq(users.role, 'admin'), isNull(users.suspendedAt)))
    .for('update')
  if (!heir || heir.id === fromUserId)
    throw new AppError('conflict', 'Courses can only be handed over to another administrator.')
  const [moved] = await tx.update(courses).set({ ownerId: heir.id }).where(eq(courses.ownerId, fromUserId))
  return moved.affectedRows
}

/** The administrator of longest standing who can take over from a person who leaves; null when there is none beside them. */
export async function findSuccessorAdmin(
  { db }: { db: Db | Transaction },
  leavingUserId: string,
): Promise<string | null> {
  const [heir] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt), ne(users.id, leavingUserId)))
    .orderBy(asc(users.id))
    .limit(1)
  return heir?.id ?? null
}

/** How many courses a hand-over would move, deleted ones too. */
export async function countCoursesToHandOver(
  { db }: { db: Db | Transaction },
  userId: string,
): Promise<number> {
  const [row] = await db.select({ n: count() }).from(courses).where(eq(courses.ownerId, userId))
  return row?.n ?? 0
}
