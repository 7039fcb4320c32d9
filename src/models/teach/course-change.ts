import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { categories, courses, type Level } from '../../db/schema'
import { newId } from '../../ids'
import { searchWords } from '../../rules/catalogue/search'
import { missingOfCourse } from '../../rules/teach/publishing'
import type { DbNow, Services } from '../../services'
import { findFreeSlug, keepFormerSlug, retryTakenSlug } from '../catalogue/course-slug'
import { type CourseKey, lockOwnCourse, type OwnCourse } from './own-course'

/** What is undefined stays, null is none. */
export interface CourseChange {
  title?: string
  description?: string | null
  categoryId?: string | null
  pricePaise?: number | null
  level?: Level | null
  outcomes?: string | null
}

/** `needed` while the course is on sale, `unknown` for a deleted category. */
export type CourseRefusals = Partial<
  Record<'description' | 'categoryId' | 'pricePaise', 'needed' | 'unknown'>
>

export const createCourse = (services: DbNow, ownerId: string, title: string): Promise<string> =>
  retryTakenSlug(() =>
    transact(services.db, async (tx) => {
      const id = newId()
      const now = services.now()
      await tx.insert(courses).values({
        id,
        ownerId,
        title,
        slug: await findFreeSlug(tx, title, id),
        searchWords: searchWords(title, ''),
        createdAt: now,
        updatedAt: now,
      })
      return id
    }),
  )

/** Saves nothing on a refusal; the slug follows the title until the first publication. */
export const changeCourse = (
  services: DbNow,
  { id, ownerId }: CourseKey,
  change: CourseChange,
): Promise<CourseRefusals> =>
  retryTakenSlug(() =>
    transact(services.db, async (tx) => {
      const course = await lockOwnCourse(tx, { id, ownerId })
      const refusals = await findRefusals(tx, course, change)
      if (Object.keys(refusals).length > 0) return refusals
      const title = change.title ?? course.title
      const description = change.description === undefined ? course.description : change.description
      const slug = await moveSlug(tx, services, { course, title })
      await tx
        .update(courses)
        .set({
          title,
          slug,
          description,
          searchWords: searchWords(title, description ?? ''),
          categoryId: change.categoryId,
          pricePaise: change.pricePaise,
          level: change.level,
          outcomes: change.outcomes,
          updatedAt: services.now(),
        })
        .where(eq(courses.id, id))
      return {}
    }),
  )

async function findRefusals(
  tx: Transaction,
  course: OwnCourse,
  { description, categoryId, pricePaise }: CourseChange,
): Promise<CourseRefusals> {
  if (categoryId) {
    const [known] = await tx
      .select({ id: categories.id })
      .from(categories)
      .where(eq(categories.id, categoryId))
      .for('update')
    if (!known) return { categoryId: 'unknown' }
  }
  if (!course.isPublished) return {}
  const missing = new Set(
    missingOfCourse({
      ...course,
      publishedChapters: 1,
      ...(description !== undefined && { description }),
      ...(categoryId !== undefined && { categoryId }),
      ...(pricePaise !== undefined && { pricePaise }),
    }),
  )
  // A field that was missing before is no reason to refuse another one.
  return {
    ...(description !== undefined && missing.has('description') && { description: 'needed' }),
    ...(categoryId !== undefined && missing.has('category') && { categoryId: 'needed' }),
    ...(pricePaise !== undefined && missing.has('price') && { pricePaise: 'needed' }),
  }
}

async function moveSlug(
  tx: Transaction,
  clock: Pick<Services, 'now'>,
  { course, title }: { course: OwnCourse; title: string },
): Promise<string> {
  if (course.publishedAt !== null || title === course.title) return course.slug
  const slug = await findFreeSlug(tx, title, course.id)
  if (slug !== course.slug) await keepFormerSlug(tx, clock, course, slug)
  return slug
}
