import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import { booleanQuery } from '../../rules/catalogue/search'
import type { Services } from '../../services'
import { onSale } from '../access'
import { type Category, categoryNamed, listCategories } from './category'
import { indexFor, match, ordered, relevance, type Sort } from './course-query'
import { type CourseCard, readCards } from './course-summary'
import { listNearest } from './featured'

/** What was asked for, unchecked by the database: an unknown category or a page beyond the last is no error. */
export interface CatalogueFilter {
  q?: string
  /** A category's slug, id or exact name. */
  category?: string
  price?: 'free' | 'paid'
  sort?: Sort
  page?: number
}

export interface CatalogueResults {
  courses: CourseCard[]
  /** How many there are, counted up to 1,000; `more` says that there are more than that. */
  count: number
  more: boolean
  /** From 1; the last one when a later was asked for. */
  page: number
  pages: number
  /** What really chose and ordered these courses. */
  category: Category | null
  sort: Sort
  /** False when nothing in `q` can be searched, such as "+". */
  searched: boolean
  /** When there are none: what comes nearest. */
  nearest: CourseCard[]
  categories: Category[]
}

export const pageSize = 12
const mostCounted = 1_000

/** One page of the catalogue, in three statements whose cost does not grow with the number of courses. */
export async function listCourses(
  services: Pick<Services, 'db' | 'files'>,
  filter: CatalogueFilter,
  userId: string | null,
): Promise<CatalogueResults> {
  const query = booleanQuery(filter.q ?? '')
  const sort =
    filter.sort && (filter.sort !== 'relevance' || query) ? filter.sort : query ? 'relevance' : 'newest'
  const chosenBy = (category: Category | null) =>
    and(
      onSale,
      category ? eq(courses.categoryId, category.id) : undefined,
      filter.price === 'free' ? eq(courses.pricePaise, 0) : undefined,
      filter.price === 'paid' ? gt(courses.pricePaise, 0) : undefined,
      query ? match(query) : undefined,
    )

  const listed = listCategories(services)
  const category = filter.category ? categoryNamed(await listed, filter.category) : null
  const where = chosenBy(category)
  const index = (order: Sort) => (query ? sql`` : indexFor(order, category !== null))
  const all = sql`from ${courses} ${index(filter.price ? 'price' : 'newest')} where ${where}`
  const [categories, counted] = await Promise.all([listed, countUpTo(services, all, mostCounted + 1)])
  const count = Math.min(counted, mostCounted)
  const pages = Math.max(1, Math.ceil(count / pageSize))
  const page = Math.min(Math.max(1, filter.page ?? 1), pages)
  const found = {
    count,
    more: counted > mostCounted,
    page,
    pages,
    category,
    sort,
    searched: query !== null,
    categories,
  }
  if (count === 0) {
    return { ...found, courses: [], nearest: await listNearest(services, filter.q ?? '', userId) }
  }

  const score = query ? relevance(query) : sql`0`
  const chosen = sql`select ${courses.id} as id, ${score} as score from ${courses} ${index(sort)}
    where ${where} order by ${ordered(sort, sql`score`)} limit ${pageSize} offset ${(page - 1) * pageSize}`
  return {
    ...found,
    courses: await readCards(services, userId, chosen, ordered(sort, sql`chosen.score`)),
    nearest: [],
  }
}

async function countUpTo({ db }: Pick<Services, 'db'>, from: SQL, limit: number): Promise<number> {
  const counted = sql`(select 1 ${from} limit ${limit}) as counted`
  const [row] = await db.select({ count: sql`count(*)`.mapWith(Number) }).from(counted)
  return row?.count ?? 0
}
