import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import type { Sort } from '../../rules/catalogue/filter'
import { onSale } from '../access'

export const matches = (query: string): SQL =>
  sql`match(${courses.title}, ${courses.description}, ${courses.searchWords}) against (${query} in boolean mode)`

/** Whole words count most, so that Java stands before JavaScript. */
export const relevance = (query: string): SQL =>
  sql`${matches(query)} + 100 * ${matches(query.replaceAll('*', ''))}`

/** Ties fall to the id, so that no page repeats a course of another. */
export function orderOf(sort: Sort, score: SQL): SQL {
  if (sort === 'relevance') return sql`${score} desc, ${desc(courses.id)}`
  if (sort === 'popular') return sql`${desc(courses.studentCount)}, ${desc(courses.id)}`
  if (sort === 'price') return sql`${asc(courses.pricePaise)}, ${asc(courses.id)}`
  return sql`${desc(courses.publishedAt)}, ${desc(courses.id)}`
}

const indexes = { newest: 'newest', relevance: 'newest', popular: 'popular', price: 'price' }
const categoryIndexes = { newest: '', relevance: '', popular: '_popular', price: '_price' }

/** The optimizer alone sometimes sorts the whole catalogue instead. */
export const indexFor = (sort: Sort, inCategory: boolean): SQL =>
  sql.raw(`use index (courses_${inCategory ? `category${categoryIndexes[sort]}` : indexes[sort]})`)

export function selectFirst(sort: Sort, limit: number, categoryId: string | null = null): SQL {
  const category = categoryId ? eq(courses.categoryId, categoryId) : sql`true`
  return sql`select ${courses.id} as id, 0 as score from ${courses} ${indexFor(sort, categoryId !== null)}
    where ${onSale} and ${category} order by ${orderOf(sort, sql`score`)} limit ${limit}`
}
