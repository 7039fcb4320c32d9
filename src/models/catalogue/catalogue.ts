import { and, asc, count, eq, gt, type SQL, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import type { CatalogueFilter, Sort } from '../../rules/catalogue/filter'
import { booleanQuery } from '../../rules/catalogue/search'
import type { Services } from '../../services'
import { onSale } from '../access'
import { type Category, findCategory, listCategories } from './category'
import { indexFor, matches, orderOf, relevance } from './course-query'
import { type CourseSummary, listSummaries } from './course-summary'
import { listSuggestions } from './featured'

export interface CatalogueResults {
  courses: CourseSummary[]
  count: number
  more: boolean
  page: number
  pages: number
  category: Category | null
  sort: Sort
  searched: boolean
  suggestions: CourseSummary[]
  categories: Category[]
}

const pageSize = 12
const maxCounted = 1_000

/** Three statements whose cost does not grow with the catalogue. */
export async function listCourses(
  services: Pick<Services, 'db' | 'files'>,
  filter: CatalogueFilter,
  userId: string | null,
): Promise<CatalogueResults> {
  const query = booleanQuery(filter.q ?? '')
  const byQuery: Sort = query ? 'relevance' : 'newest'
  const sort = filter.sort === 'relevance' ? byQuery : (filter.sort ?? byQuery)
  const listed = listCategories(services)
  const category = filter.category ? findCategory(await listed, filter.category) : null
  const where = conditions(filter, query, category)
  const index = (order: Sort) => (query ? sql`` : indexFor(order, category !== null))
  const all = sql`from ${courses} ${index(filter.price ? 'price' : 'newest')} where ${where}`
  const [categories, counted] = await Promise.all([listed, countUpTo(services, all, maxCounted + 1)])
  const count = Math.min(counted, maxCounted)
  const pages = Math.max(1, Math.ceil(count / pageSize))
  const page = Math.min(Math.max(1, filter.page ?? 1), pages)
  const more = counted > maxCounted
  const found = { count, more, page, pages, category, sort, searched: query !== null, categories }
  if (count === 0) {
    const suggestions = await listSuggestions(services, filter.q ?? '', userId)
    return { ...found, courses: [], suggestions }
  }

  const score = query ? relevance(query) : sql`0`
  const chosen = sql`select ${courses.id} as id, ${score} as score from ${courses} ${index(sort)}
    where ${where} order by ${orderOf(sort, sql`score`)} limit ${pageSize} offset ${(page - 1) * pageSize}`
  const list = await listSummaries(services, userId, chosen, orderOf(sort, sql`chosen.score`))
  return { ...found, courses: list, suggestions: [] }
}

const conditions = ({ price }: CatalogueFilter, query: string | null, category: Category | null) =>
  and(
    onSale,
    category ? eq(courses.categoryId, category.id) : undefined,
    price === 'free' ? eq(courses.pricePaise, 0) : undefined,
    price === 'paid' ? gt(courses.pricePaise, 0) : undefined,
    query ? matches(query) : undefined,
  )

async function countUpTo({ db }: Pick<Services, 'db'>, from: SQL, limit: number): Promise<number> {
  const counted = sql`(select 1 ${from} limit ${limit}) as counted`
  const [row] = await db.select({ count: sql`count(*)`.mapWith(Number) }).from(counted)
  return row?.count ?? 0
}

export async function countCoursesOnSale({ db }: Pick<Services, 'db'>): Promise<number> {
  const [row] = await db.select({ n: count() }).from(courses).where(onSale)
  return row?.n ?? 0
}

/** The oldest first, so that a new one moves no other into the next file. */
export const listSitemapCourses = (
  { db }: Pick<Services, 'db'>,
  { limit, offset }: { limit: number; offset: number },
) =>
  db
    .select({ slug: courses.slug, updatedAt: courses.updatedAt })
    .from(courses)
    .where(onSale)
    .orderBy(asc(courses.id))
    .limit(limit)
    .offset(offset)
