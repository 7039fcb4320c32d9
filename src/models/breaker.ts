import { and, asc, eq, isNotNull, lte } from 'drizzle-orm'
import { transact } from '../db/connect'
import { breakers } from '../db/schema'
import { afterOutage, type Outage } from '../rules/breaker'
import type { Lane } from '../rules/job-kinds'
import { later } from '../rules/time'
import type { DbNow, Services, TxNow } from '../services'

/** Longer than any job: who has died as the probe makes room for the next. */
const probeSeconds = 45

/** One more job of this lane has found nobody there; true when the lane rests from now on. */
export function noteOutage(
  { db, now }: DbNow,
  lane: Lane,
  outage: Outage & { words: string },
): Promise<boolean> {
  const at = now()
  return transact(db, async (tx) => {
    const first = { lane, failures: 0, rests: 0, failingSince: at, changedAt: at }
    await tx.insert(breakers).ignore().values(first)
    const [known] = await tx.select().from(breakers).where(eq(breakers.lane, lane)).for('update')
    const next = afterOutage(known ?? null, outage, at)
    await tx
      .update(breakers)
      .set({ ...next, lastError: outage.words.slice(0, 500), changedAt: at })
      .where(eq(breakers.lane, lane))
    return next.restsUntil !== null
  })
}

/** True for one caller after each rest: it may let one job through. */
export async function takeProbe({ db, now }: DbNow, lane: Lane): Promise<boolean> {
  const at = now()
  const [taken] = await db
    .update(breakers)
    .set({ restsUntil: later(at, probeSeconds) })
    .where(and(eq(breakers.lane, lane), lte(breakers.restsUntil, at)))
  return taken.affectedRows === 1
}

/** The next job is let through at once. */
export async function endRest({ db, now }: TxNow, lane: Lane): Promise<void> {
  await db
    .update(breakers)
    .set({ restsUntil: now() })
    .where(and(eq(breakers.lane, lane), isNotNull(breakers.restsUntil)))
}

/** The lane works again. */
export async function closeBreaker({ db }: Pick<Services, 'db'>, lane: Lane): Promise<void> {
  await db.delete(breakers).where(eq(breakers.lane, lane))
}

export const listBreakers = ({ db }: Pick<Services, 'db'>) =>
  db.select().from(breakers).orderBy(asc(breakers.lane))
