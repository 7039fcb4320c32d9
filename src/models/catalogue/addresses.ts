import { desc } from 'drizzle-orm'
import { courses } from '../../db/schema'
import type { Services } from '../../services'
import { onSale } from '../access'

/** The courses on sale and when each last changed, latest published first, `limit` at most. */
export async function listCourseAddresses(
  { db }: Pick<Services, 'db'>,
  limit: number,
): Promise<{ slug: string; updatedAt: Date }[]> {
  return db
    .select({ slug: courses.slug, updatedAt: courses.updatedAt })
    .from(courses)
    .where(onSale)
    .orderBy(desc(courses.publishedAt), desc(courses.id))
    .limit(limit)
}
