import { and, asc, desc, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { courses, purchases } from '../../db/schema'
import { notFound } from '../../errors'
import type { Services } from '../../services'
import { ownedBy } from '../access'

export type PersonCourses = Awaited<ReturnType<typeof findPersonCourses>>

const maxListed = 200
const maxChoices = 1000

/** What they own or have owned, and what could be given to them. */
export async function findPersonCourses({ db }: Pick<Services, 'db'>, userId: string) {
  const isOwned = db.select({ one: sql`1` }).from(purchases).where(ownedBy(userId))
  const [owned, choices] = await Promise.all([
    db
      .select({
        course: { id: courses.id, title: courses.title },
        source: purchases.source,
        pricePaise: purchases.pricePaise,
        since: purchases.createdAt,
        revokedAt: purchases.revokedAt,
        takenBackAt: purchases.takenBackAt,
      })
      .from(purchases)
      .innerJoin(courses, eq(courses.id, purchases.courseId))
      .where(eq(purchases.userId, userId))
      .orderBy(asc(sql`${purchases.revokedAt} is not null`), desc(purchases.createdAt))
      .limit(maxListed),
    db
      .select({ id: courses.id, title: courses.title })
      .from(courses)
      .where(and(eq(courses.isPublished, true), isNull(courses.archivedAt), notExists(isOwned)))
      .orderBy(asc(courses.title), asc(courses.id))
      .limit(maxChoices),
  ])
  return { owned, choices }
}

/** Owned, or taken back before; AppError `not_found`. */
export async function findPersonCourse({ db }: Pick<Services, 'db'>, userId: string, courseId: string) {
  const [course] = await db
    .select({ id: courses.id, title: courses.title })
    .from(purchases)
    .innerJoin(courses, eq(courses.id, purchases.courseId))
    .where(
      and(
        eq(purchases.userId, userId),
        eq(purchases.courseId, courseId),
        or(isNull(purchases.revokedAt), isNotNull(purchases.takenBackAt)),
      ),
    )
  if (!course) throw notFound('course')
  return course
}
