import { eq, type SQL, sql } from 'drizzle-orm'
import { categories, chapters, courses, type Level, purchases, userProgress, users } from '../../db/schema'
import { percentOf } from '../../rules/learn/progress'
import { imageUrl, type Services } from '../../services'
import { ownedBy } from '../access'

export interface CourseSummary {
  id: string
  slug: string
  title: string
  instructor: string
  imageUrl: string | null
  categoryName: string | null
  chapterCount: number
  durationSeconds: number
  pricePaise: number | null
  level: Level | null
  owned: { percent: number } | null
}

const completedChapters = sql`(select count(*) from ${userProgress}
  join ${chapters} on ${chapters.id} = ${userProgress.chapterId}
  where ${userProgress.userId} = ${purchases.userId} and ${userProgress.isCompleted}
    and ${chapters.courseId} = ${courses.id} and ${chapters.isPublished})`

/** `chosen` selects an `id` and a `score`. */
export async function listSummaries(
  { db, files }: Pick<Services, 'db' | 'files'>,
  userId: string | null,
  chosen: SQL,
  order: SQL,
): Promise<CourseSummary[]> {
  const listed = db
    .select({
      id: courses.id,
      slug: courses.slug,
      title: courses.title,
      instructor: users.name,
      imageKey: courses.imageKey,
      categoryName: categories.name,
      pricePaise: courses.pricePaise,
      level: courses.level,
      chapterCount: courses.lessonCount,
      durationSeconds: courses.lessonSeconds,
      // A visitor owns nothing, and nothing is looked up for them.
      completed: (userId ? sql`if(${purchases.id} is null, null, ${completedChapters})` : sql`null`).mapWith(
        Number,
      ) as SQL<number | null>,
    })
    .from(sql`(${chosen}) as chosen`)
    .innerJoin(courses, sql`${courses.id} = chosen.id`)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .leftJoin(categories, eq(categories.id, courses.categoryId))
    .$dynamic()
  const rows = await (userId ? listed.leftJoin(purchases, ownedBy(userId)) : listed).orderBy(order)
  return rows.map(({ imageKey, completed, ...row }) => ({
    ...row,
    imageUrl: imageUrl({ files }, imageKey),
    owned: completed === null ? null : { percent: percentOf(completed, row.chapterCount) },
  }))
}
