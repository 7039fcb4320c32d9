import { eq } from 'drizzle-orm'
import { categories, courses, purchases, users } from '../../db/schema'
import { isOnSale } from '../../rules/catalogue/sale'
import { isSlug } from '../../rules/slug'
import type { Services } from '../../services'
import { ownedBy } from '../access'

export type Course = NonNullable<Awaited<ReturnType<typeof findCourse>>>

export async function findCourse({ db }: Pick<Services, 'db'>, slug: string, userId: string | null) {
  if (!isSlug(slug)) return null
  const [row] = await db
    .select({
      id: courses.id,
      ownerId: courses.ownerId,
      categoryId: courses.categoryId,
      slug: courses.slug,
      title: courses.title,
      description: courses.description,
      outcomes: courses.outcomes,
      imageKey: courses.imageKey,
      pricePaise: courses.pricePaise,
      level: courses.level,
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      suspendedAt: courses.suspendedAt,
      updatedAt: courses.updatedAt,
      instructor: users.name,
      category: { name: categories.name, slug: categories.slug },
      purchaseId: purchases.id,
    })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .leftJoin(categories, eq(categories.id, courses.categoryId))
    .leftJoin(purchases, ownedBy(userId ?? ''))
    .where(eq(courses.slug, slug))
  if (!row) return null
  const { purchaseId, ...course } = row
  return {
    ...course,
    isOwner: course.ownerId === userId,
    isPurchased: purchaseId !== null,
    isOnSale: isOnSale(course),
  }
}

/** Null for a course off sale that this person neither teaches nor purchased. */
export async function findVisibleCourse(
  services: Pick<Services, 'db'>,
  slug: string,
  userId: string | null,
): Promise<Course | null> {
  const course = await findCourse(services, slug, userId)
  return course && (course.isOnSale || course.isOwner || course.isPurchased) ? course : null
}
