import { and, asc, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../../db/connect'
import { categories, courses } from '../../db/schema'
import { notFound } from '../../errors'
import { newId } from '../../ids'
import { slugFrom } from '../../rules/slug'
import type { DbNow, Services } from '../../services'
import { onSale } from '../access'
import { recordAudit } from '../audit'

export type CategoryWithCounts = Awaited<ReturnType<typeof listCategories>>[number]

export const maxCategories = 200

const columns = {
  id: categories.id,
  name: categories.name,
  slug: categories.slug,
  courses: count(courses.id),
  published: sql`coalesce(sum(${onSale}), 0)`.mapWith(Number),
}

const withCounts = ({ db }: Pick<Services, 'db'>) =>
  db
    .select(columns)
    .from(categories)
    .leftJoin(courses, and(eq(courses.categoryId, categories.id), isNull(courses.archivedAt)))
    .groupBy(categories.id, categories.name, categories.slug)

export const listCategories = (services: Pick<Services, 'db'>) =>
  withCounts(services).orderBy(asc(categories.name), asc(categories.id)).limit(maxCategories)

export async function findCategory(services: Pick<Services, 'db'>, id: string): Promise<CategoryWithCounts> {
  const [found] = await withCounts(services).where(eq(categories.id, id))
  if (!found) throw notFound('category')
  return found
}

/** `taken` ignores case and accents; `full` when there are 200. */
export async function addCategory(
  services: DbNow,
  actorId: string,
  name: string,
): Promise<{ refusal: 'taken' | 'full' } | { id: string }> {
  const [counted] = await services.db.select({ n: count() }).from(categories)
  if ((counted?.n ?? 0) >= maxCategories) return { refusal: 'full' }
  const id = newId()
  // The name may have no Latin letter, and two names may make one slug: C# and C Sharp.
  const wanted = slugFrom(name).slice(0, 70).replace(/-+$/, '') || `topic-${id.slice(-12)}`
  for (let attempt = 1; attempt <= maxCategories; attempt++) {
    if (await isTaken(services, name)) return { refusal: 'taken' }
    const slug = attempt === 1 ? wanted : `${wanted}-${attempt}`
    try {
      await transact(services.db, async (tx) => {
        await tx.insert(categories).values({ id, name, slug, createdAt: services.now() })
        await record(tx, services, { actorId, action: 'add-category', id, name })
      })
      return { id }
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  return { refusal: 'taken' }
}

/** The slug stays, so that links go on working; AppError `not_found`. */
export const renameCategory = (
  services: DbNow,
  actorId: string,
  { id, name }: { id: string; name: string },
): Promise<{ refusal: 'taken' } | { renamed: true }> =>
  transact(services.db, async (tx) => {
    const former = await lockCategory(tx, id)
    try {
      await tx.update(categories).set({ name }).where(eq(categories.id, id))
    } catch (error) {
      if (isDuplicate(error)) return { refusal: 'taken' } as const
      throw error
    }
    await record(tx, services, { actorId, action: 'rename-category', id, name, former: former.name })
    return { renamed: true } as const
  })

/** Refuses with the number of courses in it; AppError `not_found`. */
export const deleteCategory = (
  services: DbNow,
  actorId: string,
  id: string,
): Promise<{ courses: number } | { deleted: string }> =>
  transact(services.db, async (tx) => {
    // Whoever puts a course into this category waits for this lock, by the foreign key.
    const { name } = await lockCategory(tx, id)
    const isInside = eq(courses.categoryId, id)
    const [counted] = await tx
      .select({ n: count() })
      .from(courses)
      .where(and(isInside, isNull(courses.archivedAt)))
    if (counted && counted.n > 0) return { courses: counted.n }
    await tx
      .update(courses)
      .set({ categoryId: null })
      .where(and(isInside, isNotNull(courses.archivedAt)))
    await tx.delete(categories).where(eq(categories.id, id))
    await record(tx, services, { actorId, action: 'delete-category', id, name })
    return { deleted: name }
  })

interface CategoryVerb {
  actorId: string
  action: 'add-category' | 'rename-category' | 'delete-category'
  id: string
  name: string
  former?: string
}

const record = (
  db: Transaction,
  { now }: Pick<Services, 'now'>,
  { actorId, action, id, name, former }: CategoryVerb,
) =>
  recordAudit(
    { db, now },
    { actorId, action, subject: { type: 'category', id }, details: { name, ...(former && { former }) } },
  )

async function lockCategory(tx: Transaction, id: string): Promise<{ name: string }> {
  const [found] = await tx
    .select({ name: categories.name })
    .from(categories)
    .where(eq(categories.id, id))
    .for('update')
  if (!found) throw notFound('category')
  return found
}

async function isTaken({ db }: Pick<Services, 'db'>, name: string): Promise<boolean> {
  const [found] = await db.select({ id: categories.id }).from(categories).where(eq(categories.name, name))
  return found !== undefined
}
