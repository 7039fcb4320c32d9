import { and, desc, eq, isNull } from 'drizzle-orm'
import { courses } from '../../db/schema'
import type { Services } from '../../services'

/** The courses on sale and when each last changed, latest published first, `limit` at most. */
export async function listCourseAddresses(
  { db }: Pick<Services, 'db'>,
  limit: number,
): Promise<{ slug: string; updatedAt: Date }[]> {
  return db
    .select({ slug: courses.slug, updatedAt: courses.updatedAt })
    .from(courses)
    .where(and(eq(courses.isPublished, true), isNull(courses.archivedAt)))
    .orderBy(desc(courses.publishedAt), desc(courses.id))
    .limit(limit)
}
