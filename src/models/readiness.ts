import { and, count, eq, sql } from 'drizzle-orm'
import { newestMigration } from '../db/connect'
import { courses, purchases, userProgress, users } from '../db/schema'
import { hasCode } from '../errors'
import { log } from '../log'
import type { Services } from '../services'
import { missingWrites, unanswered, withCode } from './write-probe'

type Asking = Pick<Services, 'db' | 'config' | 'memory' | 'now'>

/** Whoever asks gives up after a second. */
const answerMs = 900

/** In words; empty when it is ready; within a second, whatever the database does. */
export async function missingParts(services: Asking): Promise<string[]> {
  if (services.memory.isStopping) return ['this process is stopping']
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(resolve, answerMs, [`${unanswered} in time`])
  })
  try {
    return await Promise.race([askAll(services), late])
  } catch (error) {
    log('warn', { readiness: unanswered, error })
    return [withCode(unanswered, error)]
  } finally {
    clearTimeout(timer)
  }
}

async function askAll(services: Asking): Promise<string[]> {
  if (!(await isMigrated(services))) return ['the database is not migrated: run npm run migrate']
  const missing = await missingWrites(services)
  if (missing.length > 0) return missing
  if (services.config.DEMO_DATA && !(await hasDemoData(services)))
    return ['the demo data is not complete yet']
  return []
}

async function isMigrated({ db }: Pick<Services, 'db'>): Promise<boolean> {
  try {
    const [rows] = await db.execute(sql`select max(created_at) as latest from __drizzle_migrations`)
    const latest = Number((rows as unknown as { latest: unknown }[])[0]?.latest ?? 0)
    return newestMigration <= latest
  } catch (error) {
    if (hasCode(error, 'ER_NO_SUCH_TABLE')) return false
    throw error
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
