import { and, asc, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { courses } from '../db/schema'
import { booleanQuery, nearQuery } from '../rules/search'
import type { Services } from '../services'
import { type CourseCard, readCards } from './catalogue-card'
import { type Category, categoryNamed, listCategories } from './category'

export type Sort = 'relevance' | 'newest' | 'popular' | 'price'

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
const shelfSize = 8
const nearestCount = 4

const onSale = and(eq(courses.isPublished, true), isNull(courses.archivedAt))
const match = (query: string) =>
  sql`match(${courses.title}, ${courses.description}, ${courses.searchWords}) against (${query} in boolean mode)`

/** One page of the catalogue, in three statements whose cost does not grow with the number of courses. */
export async function listCourses(
  services: Pick<Services, 'db' | 'files'>,
  filter: CatalogueFilter,
  viewerId: string | null,
): Promise<CatalogueResults> {
  const query = booleanQuery(filter.q ?? '')
  const sort = filter.sort && (filter.sort !== 'relevance' || query) ? filter.sort : query ? 'relevance' : 'newest'
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
  const [categories, counted] = await Promise.all([listed, countUpTo(services, where, mostCounted + 1)])
  const count = Math.min(counted, mostCounted)
  const pages = Math.max(1, Math.ceil(count / pageSize))
  const page = Math.min(Math.max(1, filter.page ?? 1), pages)
  const found = { count, more: counted > mostCounted, page, pages, category, sort, searched: query !== null, categories }
  if (count === 0) {
    return { ...found, courses: [], nearest: await listNearest(services, filter.q ?? '', viewerId) }
  }

  const hint = query ? sql`` : indexFor(sort, category, filter.price)
  const chosen = sql`select ${courses.id} as id, ${query ? match(query) : sql`0`} as score from ${courses} ${hint}
    where ${where} order by ${ordered(sort, sql`score`)} limit ${pageSize} offset ${(page - 1) * pageSize}`
  return {
    ...found,
    courses: await readCards(services, viewerId, chosen, [ordered(sort, sql`chosen.score`)]),
    nearest: [],
  }
}

/** The courses most students have, and the newest ones. */
export async function listShelf(
  services: Pick<Services, 'db' | 'files'>,
  sort: 'popular' | 'newest',
  viewerId: string | null,
): Promise<CourseCard[]> {
  return readCards(services, viewerId, firstBy(sort, shelfSize), [ordered(sort, sql`chosen.score`)])
}

/** Other courses of a category, those with most students first. */
export async function listRelated(
  services: Pick<Services, 'db' | 'files'>,
  course: { id: string; categoryId: string | null },
  viewerId: string | null,
): Promise<CourseCard[]> {
  const category = course.categoryId ? eq(courses.categoryId, course.categoryId) : sql`true`
  const hint = course.categoryId ? sql`use index (courses_category_popular)` : sql`use index (courses_popular)`
  const chosen = sql`select ${courses.id} as id, 0 as score from ${courses} ${hint}
    where ${onSale} and ${category} order by ${ordered('popular', sql`score`)} limit ${nearestCount + 1}`
  const cards = await readCards(services, viewerId, chosen, [ordered('popular', sql`chosen.score`)])
  return cards.filter((card) => card.id !== course.id).slice(0, nearestCount)
}

/** Courses with any of the words or how they begin, then popular ones. */
async function listNearest(
  services: Pick<Services, 'db' | 'files'>,
  q: string,
  viewerId: string | null,
): Promise<CourseCard[]> {
  const near = nearQuery(q)
  const popular = firstBy('popular', nearestCount)
  const chosen = near
    ? sql`select id, max(score) as score from (
        (select ${courses.id} as id, 1 + ${match(near)} as score from ${courses}
          where ${onSale} and ${match(near)} order by score desc, id desc limit ${nearestCount})
        union all (${popular})) as candidates group by id`
    : popular
  const cards = await readCards(services, viewerId, chosen, [ordered('relevance', sql`chosen.score`)])
  return cards.slice(0, nearestCount)
}

const firstBy = (sort: 'popular' | 'newest', limit: number) =>
  sql`select ${courses.id} as id, 0 as score from ${courses} use index (${sql.raw(`courses_${sort}`)})
    where ${onSale} order by ${ordered(sort, sql`score`)} limit ${limit}`

/** Ties fall to the id, so that no page repeats a course of another. */
function ordered(sort: Sort, score: SQL): SQL {
  if (sort === 'relevance') return sql`${score} desc, ${desc(courses.id)}`
  if (sort === 'popular') return sql`${desc(courses.studentCount)}, ${desc(courses.id)}`
  if (sort === 'price') return sql`${asc(courses.pricePaise)}, ${asc(courses.id)}`
  return sql`${desc(courses.publishedAt)}, ${desc(courses.id)}`
}

/** The index that holds this order already; left to itself the server at times sorts the whole catalogue instead. */
function indexFor(sort: Sort, category: Category | null, price: 'free' | 'paid' | undefined): SQL {
  if (category) {
    const order = { newest: '', relevance: '', popular: '_popular', price: '_price' }[sort]
    return sql.raw(`use index (courses_category${order})`)
  }
  const order = { newest: 'newest', relevance: 'newest', popular: 'popular', price: 'price' }[sort]
  return sql.raw(price === 'free' ? `use index (courses_${order}, courses_price)` : `use index (courses_${order})`)
}

async function countUpTo({ db }: Pick<Services, 'db'>, where: SQL | undefined, limit: number): Promise<number> {
  const some = db.select({ one: sql`1`.as('one') }).from(courses).where(where).limit(limit).as('some')
  const [row] = await db.select({ count: sql`count(*)`.mapWith(Number) }).from(some)
  return row?.count ?? 0
}
