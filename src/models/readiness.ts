import { and, count, eq, sql } from 'drizzle-orm'
import journal from '../../drizzle/meta/_journal.json'
import { courses, purchases, userProgress, users } from '../db/schema'
import type { Services } from '../services'

/** What keeps this site from being whole, in words; empty when it is ready. */
export async function missingParts(services: Pick<Services, 'db' | 'config'>): Promise<string[]> {
  try {
    await services.db.execute(sql`select 1`)
  } catch {
    return ['the database does not answer']
  }
  if (!(await isMigrated(services))) return ['the database is not migrated: run npm run migrate']
  if (services.config.DEMO_DATA && !(await hasDemoData(services)))
    return ['the demo data is not complete yet']
  return []
}

async function isMigrated({ db }: Pick<Services, 'db'>): Promise<boolean> {
  try {
    const [rows] = await db.execute(sql`select max(created_at) as latest from __drizzle_migrations`)
    const latest = Number((rows as unknown as { latest: unknown }[])[0]?.latest ?? 0)
    return journal.entries.every((entry) => entry.when <= latest)
  } catch {
    return false
  }
}

/** The demo student's progress is what the seed writes last. */
async function hasDemoData({ db }: Pick<Services, 'db'>): Promise<boolean> {
  const [published] = await db.select({ n: count() }).from(courses).where(eq(courses.isPublished, true))
  const [progress] = await db
    .select({ n: count() })
    .from(userProgress)
    .innerJoin(users, eq(users.id, userProgress.userId))
    .innerJoin(purchases, eq(purchases.userId, users.id))
    .where(and(eq(users.email, 'student@example.com'), eq(userProgress.isCompleted, true)))
  return (published?.n ?? 0) >= 6 && (progress?.n ?? 0) > 0
}
