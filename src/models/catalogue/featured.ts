import { eq, type SQL, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import { nearQuery } from '../../rules/catalogue/search'
import type { Services } from '../../services'
import { onSale } from '../access'
import { indexFor, match, ordered } from './course-query'
import { type CourseCard, readCards } from './course-summary'

type Shop = Pick<Services, 'db' | 'files'>

const shelfSize = 6
const rowSize = 3

/** The courses most students have, or the newest ones: six at most. */
export const listShelf = (
  services: Shop,
  sort: 'popular' | 'newest',
  userId: string | null,
): Promise<CourseCard[]> =>
  readCards(services, userId, firstBy(sort, shelfSize), ordered(sort, sql`chosen.score`))

/** Three other courses of the same category at most, those with most students first. */
export async function listRelated(
  services: Shop,
  course: { id: string; categoryId: string | null },
  userId: string | null,
): Promise<CourseCard[]> {
  const chosen = firstBy('popular', rowSize + 1, course.categoryId)
  const cards = await readCards(services, userId, chosen, ordered('popular', sql`chosen.score`))
  return cards.filter((card) => card.id !== course.id).slice(0, rowSize)
}

/** For a search that found nothing: courses with any of the words or how they begin, then popular ones. */
export async function listNearest(services: Shop, q: string, userId: string | null): Promise<CourseCard[]> {
  const near = nearQuery(q)
  const popular = firstBy('popular', rowSize)
  const chosen = near
    ? sql`select id, max(score) as score from (
        (select ${courses.id} as id, 1 + ${match(near)} as score from ${courses}
          where ${onSale} and ${match(near)} order by score desc, id desc limit ${rowSize})
        union all (${popular})) as candidates group by id`
    : popular
  const cards = await readCards(services, userId, chosen, ordered('relevance', sql`chosen.score`))
  return cards.slice(0, rowSize)
}

function firstBy(sort: 'popular' | 'newest', limit: number, categoryId: string | null = null): SQL {
  const category = categoryId ? eq(courses.categoryId, categoryId) : sql`true`
  return sql`select ${courses.id} as id, 0 as score from ${courses} ${indexFor(sort, categoryId !== null)}
    where ${onSale} and ${category} order by ${ordered(sort, sql`score`)} limit ${limit}`
}
