import { and, eq, notExists, sql } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { chapters, courses, orders, purchases } from '../db/schema'
import type { Clock } from './video-job'
import { releaseChapterVideos } from './video-release'

/** Takes the videos from the courses of a person who leaves, where nobody has bought or may still be paying for them. */
export async function releaseUnsoldVideos(tx: Transaction, clock: Clock, ownerId: string): Promise<void> {
  const one = { one: sql`1` }
  const list = await tx
    .select({ id: chapters.id })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .where(
      and(
        eq(courses.ownerId, ownerId),
        notExists(tx.select(one).from(purchases).where(eq(purchases.courseId, courses.id))),
        notExists(tx.select(one).from(orders).where(eq(orders.courseId, courses.id))),
      ),
    )
  await releaseChapterVideos(
    tx,
    clock,
    list.map(({ id }) => id),
  )
}
