import { eq, lte, sql } from 'drizzle-orm'
import { hmacOf } from '../crypto'
import { transact } from '../db/connect'
import { limits } from '../db/schema'
import { AppError } from '../errors'
import { log } from '../log'
import { type Count, closedUntil, endsAfter, type Limit, waitInWords } from '../rules/limits'
import { later } from '../rules/time'
import type { Services } from '../services'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** AppError `limited` when the limit was used up before; atomic. */
export async function countUp(services: Parts, limit: Limit, subject: string): Promise<void> {
  const now = services.now()
  const key = await keyOf(services, limit, subject)
  const { before, after } = await transact(services.db, async (tx) => {
    const isOver = lte(limits.endsAt, now)
    const fresh = { count: 1, endsAt: later(now, limit.windowSeconds) }
    await tx
      .insert(limits)
      .values({ key, ...fresh })
      .onDuplicateKeyUpdate({
        // The count goes first: it asks when the old window ends.
        set: {
          count: sql`if(${isOver}, 1, ${limits.count} + 1)`,
          endsAt: sql`if(${isOver}, ${sql.param(fresh.endsAt, limits.endsAt)}, ${limits.endsAt})`,
        },
      })
    const [row = fresh] = await tx.select().from(limits).where(eq(limits.key, key))
    const endsAt = endsAfter(limit, row, now)
    if (endsAt.getTime() !== row.endsAt.getTime())
      await tx.update(limits).set({ endsAt }).where(eq(limits.key, key))
    return {
      before: { count: row.count - 1, endsAt: row.endsAt },
      after: { count: row.count, endsAt },
    }
  })
  if (closedUntil(limit, before, now)) refuse(limit, after, now)
}

/**
 * False when a limit without growing pauses was used up before. One statement outside a
 * transaction, so that a crowd on one row is soon through; the server hands the count back where
 * the id of a new row would stand.
 */
export async function tryCount(services: Parts, limit: Limit, subject: string): Promise<boolean> {
  const now = services.now()
  const endsAt = later(now, limit.windowSeconds)
  const isOver = lte(limits.endsAt, now)
  const [{ insertId }] = await services.db
    .insert(limits)
    .values({ key: await keyOf(services, limit, subject), count: 1, endsAt })
    .onDuplicateKeyUpdate({
      set: {
        count: sql`last_insert_id(if(${isOver}, 1, ${limits.count} + 1))`,
        endsAt: sql`if(${isOver}, ${sql.param(endsAt, limits.endsAt)}, ${limits.endsAt})`,
      },
    })
  return insertId <= limit.most
}

/** AppError `limited` while the limit is used up; counts nothing. */
export async function refuseOverLimit(services: Parts, limit: Limit, subject: string): Promise<void> {
  const [row] = await services.db
    .select()
    .from(limits)
    .where(eq(limits.key, await keyOf(services, limit, subject)))
  if (row) refuse(limit, row, services.now())
}

export async function forgetCount(services: Parts, limit: Limit, subject: string): Promise<void> {
  await services.db.delete(limits).where(eq(limits.key, await keyOf(services, limit, subject)))
}

function refuse(limit: Limit, count: Count, now: Date): void {
  const until = closedUntil(limit, count, now)
  if (!until) return
  log('info', { security: 'refuse-over-limit', limit: limit.kind })
  const left = Math.ceil((until.getTime() - now.getTime()) / 1000)
  // Who counted beside this one may have begun the window a moment later.
  const retryAfterSeconds = limit.hasGrowingPauses ? left : Math.min(left, limit.windowSeconds)
  throw new AppError('limited', `${limit.message} Try again in ${waitInWords(retryAfterSeconds)}.`, {
    retryAfterSeconds,
  })
}

/** Ips and email addresses can be guessed, so their hash needs the site's secret. */
const keyOf = ({ config }: Parts, { kind }: Limit, subject: string) =>
  hmacOf(config.APP_SECRET, `limit:${kind}:${subject}`)
