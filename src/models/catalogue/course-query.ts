import { asc, desc, type SQL, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'

export type Sort = 'relevance' | 'newest' | 'popular' | 'price'

/** Whether a course fits a query of `rules/search`. */
export const match = (query: string): SQL =>
  sql`match(${courses.title}, ${courses.description}, ${courses.searchWords}) against (${query} in boolean mode)`

/** How well a course fits: whole words count far more than beginnings of longer ones, so Java stands before JavaScript. */
export const relevance = (query: string): SQL =>
  sql`${match(query)} + 100 * ${match(query.replaceAll('*', ''))}`

/** Ties fall to the id, so that no page repeats a course of another. */
export function ordered(sort: Sort, score: SQL): SQL {
  if (sort === 'relevance') return sql`${score} desc, ${desc(courses.id)}`
  if (sort === 'popular') return sql`${desc(courses.studentCount)}, ${desc(courses.id)}`
  if (sort === 'price') return sql`${asc(courses.pricePaise)}, ${asc(courses.id)}`
  return sql`${desc(courses.publishedAt)}, ${desc(courses.id)}`
}

const ofAll = { newest: 'newest', relevance: 'newest', popular: 'popular', price: 'price' }
const ofCategory = { newest: '', relevance: '', popular: '_popular', price: '_price' }

/** The index that holds this order already; left to itself the server at times sorts the whole catalogue instead. */
export const indexFor = (sort: Sort, inCategory: boolean): SQL =>
  sql.raw(`use index (courses_${inCategory ? `category${ofCategory[sort]}` : ofAll[sort]})`)
