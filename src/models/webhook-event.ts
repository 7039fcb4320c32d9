import { eq } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../db/connect'
import { webhookEvents } from '../db/schema'
import { newId } from '../ids'
import { parseJson } from '../json'
import type { DbNow } from '../services'

export interface IncomingEvent {
  source: 'razorpay' | 'mux' | 'uploadthing'
  id: string
  type: string
  payload: unknown
}

/** In one transaction, so that neither is there alone; `seen` for an event kept before. */
export async function receiveOnce(
  services: DbNow,
  event: IncomingEvent,
  effect: (tx: Transaction) => Promise<string>,
): Promise<string> {
  let isNew = false
  try {
    return await transact(services.db, async (tx) => {
      isNew = false
      const id = newId()
      await tx.insert(webhookEvents).values({
        id,
        source: event.source,
        eventId: event.id,
        type: typeOf(event),
        payload: event.payload,
        outcome: '',
        receivedAt: services.now(),
      })
      isNew = true
      const outcome = await effect(tx)
      await tx
        .update(webhookEvents)
        .set({ outcome: outcome.slice(0, 255) })
        .where(eq(webhookEvents.id, id))
      return outcome
    })
  } catch (error) {
    if (!isNew && isDuplicate(error)) return 'seen'
    throw error
  }
}

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
