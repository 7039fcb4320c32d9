import { and, eq } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../db/connect'
import { webhookEvents } from '../db/schema'
import { isOutOfOrder } from '../errors'
import { newId } from '../ids'
import { parseJson } from '../json'
import { reasonOf } from '../log'
import { hourMs } from '../rules/time'
import type { DbNow } from '../services'

export interface IncomingEvent {
  source: 'razorpay' | 'mux' | 'uploadthing'
  id: string
  type: string
  payload: unknown
}

export type Effect = (tx: Transaction) => Promise<string>

/** Vendors send again for a day, and then switch off whoever has refused all of it. */
const refusedForMs = 12 * hourMs

/**
 * In one transaction, so that neither is there alone; `seen` for an event that had its effect
 * before. One that fails is kept with the reason, and throws for half a day, so that it is sent
 * again; then it waits for an administrator.
 */
export async function receiveOnce(services: DbNow, event: IncomingEvent, effect: Effect): Promise<string> {
  try {
    const outcome = await insertAndApply(services, event, effect)
    return outcome ?? (await applyFailed(services, event, effect))
  } catch (error) {
    // Nothing is wrong with what came while the database was out of order: it comes again.
    if (isOutOfOrder(error)) throw error
    const since = await keepFailed(services, event, error)
    if (since && services.now().getTime() - since.getTime() > refusedForMs) return failure(error)
    throw error
  }
}

/** Null when it is kept already. */
async function insertAndApply(services: DbNow, event: IncomingEvent, effect: Effect): Promise<string | null> {
  let isNew = false
  try {
    return await transact(services.db, async (tx) => {
      isNew = false
      const row = rowOf(event)
      await tx.insert(webhookEvents).values({ ...row, outcome: '', receivedAt: services.now() })
      isNew = true
      const outcome = await effect(tx)
      await setOutcome(tx, row.id, outcome)
      return outcome
    })
  } catch (error) {
    if (!isNew && isDuplicate(error)) return null
    throw error
  }
}

/** What was kept as failed counts when it comes again; anything else was seen. */
const applyFailed = (services: DbNow, event: IncomingEvent, effect: Effect): Promise<string> =>
  transact(services.db, async (tx) => {
    const [kept] = await tx
      .select({ id: webhookEvents.id, outcome: webhookEvents.outcome })
      .from(webhookEvents)
      .where(isThis(event))
      .for('update')
    if (!kept || !isFailed(kept.outcome)) return 'seen'
    const outcome = await effect(tx)
    await setOutcome(tx, kept.id, outcome)
    return outcome
  })

/** What an administrator has asked for: the effect once more, and what came of it this time. */
export const applyAgain = (services: DbNow, id: string, effect: Effect): Promise<string> =>
  transact(services.db, async (tx) => {
    await tx
      .select({ id: webhookEvents.id })
      .from(webhookEvents)
      .where(eq(webhookEvents.id, id))
      .for('update')
    const outcome = await effect(tx)
    await setOutcome(tx, id, outcome)
    return outcome
  })

/** Gives since when it is kept; what is kept already has an outcome of its own. */
async function keepFailed({ db, now }: DbNow, event: IncomingEvent, error: unknown): Promise<Date | null> {
  try {
    await db
      .insert(webhookEvents)
      .ignore()
      .values({ ...rowOf(event), outcome: failure(error), receivedAt: now() })
    const [kept] = await db
      .select({ receivedAt: webhookEvents.receivedAt })
      .from(webhookEvents)
      .where(isThis(event))
    return kept?.receivedAt ?? null
  } catch {
    // The failure itself is thrown, and logged there.
    return null
  }
}

const isThis = ({ source, id }: IncomingEvent) =>
  and(eq(webhookEvents.source, source), eq(webhookEvents.eventId, id))

/** Of one that an administrator had processed again. */
export async function keepFailure({ db }: Pick<DbNow, 'db'>, id: string, error: unknown): Promise<string> {
  const outcome = failure(error)
  await db.update(webhookEvents).set({ outcome }).where(eq(webhookEvents.id, id))
  return outcome
}

const failedPrefix = 'failed: '
const isFailed = (outcome: string) => outcome.startsWith(failedPrefix)
const failure = (error: unknown): string => `${failedPrefix}${reasonOf(error)}`.slice(0, 255)

const setOutcome = (tx: Transaction, id: string, outcome: string) =>
  tx
    .update(webhookEvents)
    .set({ outcome: outcome.slice(0, 255) })
    .where(eq(webhookEvents.id, id))

const rowOf = (event: IncomingEvent) => ({
  id: newId(),
  source: event.source,
  eventId: event.id,
  type: typeOf(event),
  payload: event.payload,
})

/** As the column takes it: printable ASCII, at most 64 characters. */
const typeOf = ({ type }: IncomingEvent) => type.replace(/[^\x21-\x7e]/g, '?').slice(0, 64)

const deepest = 30

/** What is kept of a signed body. MariaDB takes no JSON that is nested deeper than 32. */
export function payloadOf(rawBody: string): unknown {
  const payload = parseJson(rawBody)
  if (payload === undefined) return { omitted: 'this is no JSON' }
  return isDeeper(payload, deepest) ? { omitted: 'this is nested too deeply' } : payload
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}
