import { and, eq, inArray, isNotNull, ne, or } from 'drizzle-orm'
import { isDuplicate, type Transaction } from '../../db/connect'
import { courseSlugs, courses } from '../../db/schema'
import { isSlug, slugFrom } from '../../rules/slug'
import type { Services } from '../../services'

/** One that no other course has or had; another may still take it first. */
export async function findFreeSlug(tx: Transaction, title: string, courseId: string): Promise<string> {
  const unique = courseId.slice(-12)
  const wanted = slugFrom(title) || `course-${unique}`
  const candidates = [wanted, ...Array.from({ length: 19 }, (_, index) => `${wanted}-${index + 2}`)]
  // Present ones first: a slug moves from there to the former ones, and is never in neither.
  const present = await tx
    .select({ slug: courses.slug })
    .from(courses)
    .where(and(inArray(courses.slug, candidates), ne(courses.id, courseId)))
  const former = await tx
    .select({ slug: courseSlugs.slug })
    .from(courseSlugs)
    .where(and(inArray(courseSlugs.slug, candidates), ne(courseSlugs.courseId, courseId)))
  const taken = new Set([...present, ...former].map(({ slug }) => slug))
  return candidates.find((slug) => !taken.has(slug)) ?? `${wanted}-${unique}`
}

export async function keepFormerSlug(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  course: { id: string; slug: string },
  next: string,
): Promise<void> {
  await tx.delete(courseSlugs).where(and(eq(courseSlugs.slug, next), eq(courseSlugs.courseId, course.id)))
  await tx.insert(courseSlugs).values({ slug: course.slug, courseId: course.id, createdAt: now() })
}

export async function retryTakenSlug<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 5 || !isDuplicate(error)) throw error
    }
  }
}

export async function findCurrentSlug(
  { db }: Pick<Services, 'db'>,
  slug: string,
  userId: string | null,
): Promise<string | null> {
  if (!isSlug(slug)) return null
  const [course] = await db
    .select({ slug: courses.slug })
    .from(courseSlugs)
    .innerJoin(courses, eq(courses.id, courseSlugs.courseId))
    .where(
      and(eq(courseSlugs.slug, slug), or(isNotNull(courses.publishedAt), eq(courses.ownerId, userId ?? ''))),
    )
  return course?.slug ?? null
}
