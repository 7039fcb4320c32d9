import { asc } from 'drizzle-orm'
import { categories } from '../../db/schema'
import type { Services } from '../../services'

export interface Category {
  id: string
  name: string
  slug: string
}

/** Every category by name; a shop has a few dozen. */
export async function listCategories({ db }: Pick<Services, 'db'>): Promise<Category[]> {
  return db
    .select({ id: categories.id, name: categories.name, slug: categories.slug })
    .from(categories)
    .orderBy(asc(categories.name), asc(categories.id))
    .limit(200)
}

/** The category that an address names by slug, id or exact name; null when there is none. */
export function categoryNamed(list: Category[], name: string | undefined): Category | null {
  if (!name) return null
  const wanted = name.trim().toLowerCase()
  return (
    list.find(
      (category) =>
        category.slug === wanted || category.id === wanted || category.name.toLowerCase() === wanted,
    ) ?? null
  )
}
