import { sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import { nearQuery } from '../../rules/catalogue/search'
import type { Services } from '../../services'
import { onSale } from '../access'
import { matches, orderOf, selectFirst } from './course-query'
import { type CourseSummary, listSummaries } from './course-summary'

type DbFiles = Pick<Services, 'db' | 'files'>

const featuredCount = 6
const suggestionCount = 3

export const listFeatured = (
  services: DbFiles,
  sort: 'popular' | 'newest',
  userId: string | null,
): Promise<CourseSummary[]> =>
  listSummaries(services, userId, selectFirst(sort, featuredCount), orderOf(sort, sql`chosen.score`))

export async function listRelated(
  services: DbFiles,
  course: { id: string; categoryId: string | null },
  userId: string | null,
): Promise<CourseSummary[]> {
  const chosen = selectFirst('popular', suggestionCount + 1, course.categoryId)
  const related = await listSummaries(services, userId, chosen, orderOf('popular', sql`chosen.score`))
  return related.filter(({ id }) => id !== course.id).slice(0, suggestionCount)
}

export async function listSuggestions(
  services: DbFiles,
  q: string,
  userId: string | null,
): Promise<CourseSummary[]> {
  const query = nearQuery(q)
  const popular = selectFirst('popular', suggestionCount)
  const chosen = query
    ? sql`select id, max(score) as score from (
        (select ${courses.id} as id, 1 + ${matches(query)} as score from ${courses}
          where ${onSale} and ${matches(query)} order by score desc, id desc limit ${suggestionCount})
        union all (${popular})) as candidates group by id`
    : popular
  const suggestions = await listSummaries(services, userId, chosen, orderOf('relevance', sql`chosen.score`))
  return suggestions.slice(0, suggestionCount)
}
