import { and, count, desc, eq, gt, isNull, like, notLike, or, type SQL, sql } from 'drizzle-orm'
import { purchases, sessions, users } from '../../db/schema'
import { notFound } from '../../errors'
import { formerEmail, isFormer } from '../../rules/account/former-account'
import type { UserQuery } from '../../rules/admin/user-query'
import type { DbNow, Services } from '../../services'
import { findTwoFactor } from '../account/two-factor'
import { countCoursesOf, countCoursesToHandOver } from '../teach/course-owner'

export type UserList = Awaited<ReturnType<typeof listUsers>>
export type UserDetails = Awaited<ReturnType<typeof findUserDetails>>

const pageSize = 25
/** Counting every row for a number of pages would cost more than it tells. */
const maxCounted = 1000

const columns = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  imageKey: users.imageKey,
  emailVerifiedAt: users.emailVerifiedAt,
  emailRefusedAt: users.emailRefusedAt,
  suspendedAt: users.suspendedAt,
  teachingRequestedAt: users.teachingRequestedAt,
  createdAt: users.createdAt,
}

const beginsWith = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`

/** Deleted accounts keep their row, because the orders need it. */
export const isNotDeleted = notLike(users.email, formerEmail('%'))

/** The beginning of a name is a range of an index; a word within it would read every row. */
function matching({ q, role }: UserQuery): SQL | undefined {
  return and(
    isNotDeleted,
    q ? or(like(users.name, beginsWith(q)), like(users.email, beginsWith(q.toLowerCase()))) : undefined,
    role ? eq(users.role, role) : undefined,
  )
}

/** Newest first; `more` than the thousand counted; a page beyond the last is the last. */
export async function listUsers({ db }: Pick<Services, 'db'>, query: UserQuery) {
  const where = matching(query)
  const some = db
    .select({ id: users.id })
    .from(users)
    .where(where)
    .limit(maxCounted + 1)
    .as('some')
  const [counted] = await db.select({ n: count() }).from(some)
  const total = counted?.n ?? 0
  const pages = Math.max(1, Math.ceil(Math.min(total, maxCounted) / pageSize))
  const page = Math.min(query.page ?? 1, pages)
  const people = await db
    .select(columns)
    .from(users)
    .where(where)
    .orderBy(desc(users.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  return { people, count: Math.min(total, maxCounted), more: total > maxCounted, page, pages }
}

export async function findUserDetails(services: DbNow, id: string) {
  const { db } = services
  const [user] = await db.select(columns).from(users).where(eq(users.id, id))
  if (!user) throw notFound('person')
  const isOwned = and(eq(purchases.userId, id), isNull(purchases.revokedAt))
  const isOpen = and(eq(sessions.userId, id), gt(sessions.expiresAt, services.now()))
  const [courses, handedOver, twoFactor, [bought], [open]] = await Promise.all([
    countCoursesOf(services, id),
    countCoursesToHandOver(services, id),
    findTwoFactor(services, id),
    db.select({ n: count() }).from(purchases).where(isOwned),
    db
      .select({ n: count(), lastSeenAt: sql`max(${sessions.lastSeenAt})`.mapWith(sessions.lastSeenAt) })
      .from(sessions)
      .where(isOpen),
  ])
  return {
    ...user,
    hasLeft: isFormer(user.email),
    courses,
    handedOver,
    twoFactor,
    purchases: bought?.n ?? 0,
    sessions: open?.n ?? 0,
    lastSeenAt: open?.lastSeenAt ?? null,
  }
}
