import { asc } from 'drizzle-orm'
import { categories } from '../../db/schema'
import type { Services } from '../../services'

export interface Category {
  id: string
  name: string
  slug: string
}

export async function listCategories({ db }: Pick<Services, 'db'>): Promise<Category[]> {
  return db
    .select({ id: categories.id, name: categories.name, slug: categories.slug })
    .from(categories)
    .orderBy(asc(categories.name), asc(categories.id))
    .limit(200)
}

/** `name` is a slug, an id or an exact name. */
export function findCategory(list: Category[], name: string): Category | null {
  const wanted = name.trim().toLowerCase()
  return (
    list.find(
      (category) =>
        category.slug === wanted || category.id === wanted || category.name.toLowerCase() === wanted,
    ) ?? null
  )
}
