import { setTimeout as wait } from 'node:timers/promises'
import type { Store } from '../store'
import type { Records, Refund } from './entities'
import { Refused } from './refusal'

const REFUND_TAKES_MS = 30

/** The idempotency keys of refunds: what each was used for, and which are in use. */
export function openRefundKeys(store: Store<Records>) {
  const underWay = new Set<string>()

  /**
   * The refund made under this key, now or before. Refuses a key that is too short, is used for
   * another request or is being used.
   */
  async function refundOnce(key: string, request: string, refund: () => Refund): Promise<Refund> {
    if (!/^[\w-]{10,}$/.test(key))
      throw new Refused('The idempotency key must be at least 10 characters long.')
    const before = store.state.refundKeys[key]
    if (before && before.request !== request)
      throw new Refused('Different request with the same idempotency key has already been processed.')
    if (before) return before.refund
    if (underWay.has(key))
      throw new Refused('Request failed because another request is in progress.', undefined, 409)
    underWay.add(key)
    try {
      await wait(REFUND_TAKES_MS)
      const made = structuredClone(refund())
      store.state.refundKeys[key] = { request, refund: made }
      store.save()
      return made
    } finally {
      underWay.delete(key)
    }
  }

  return { refundOnce }
}
