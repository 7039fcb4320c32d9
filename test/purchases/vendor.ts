import { createHmac } from 'node:crypto'
import type { Delivery } from '../../sandbox/deliveries'
import type { Dispute, Payment, Refund } from '../../sandbox/razorpay/entities'
import type { Chance } from '../video/chance'
import type { World } from '../world'

/**
 * The payment service of a history. Its webhooks are off: what it would have sent is delivered when
 * and as often as the history says.
 */
export class Vendor {
  readonly outbox: Delivery[] = []
  private readonly seen = new Set<string>()

  constructor(private readonly world: World) {}

  settings = (values: Record<string, unknown>) => this.world.settings('razorpay', values)

  /** Null when it refuses. */
  async control<T>(path: string, body: object): Promise<T | null> {
    const answer = await fetch(`${this.world.sandbox.origin}/razorpay/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.ok ? ((await answer.json()) as T) : null
  }

  /** Takes what has been sent since the last time. */
  async collect(): Promise<void> {
    const all = (await (await fetch(`${this.world.sandbox.origin}/razorpay/deliveries`)).json()) as Delivery[]
    for (const delivery of all.filter(({ id }) => !this.seen.has(id))) {
      this.seen.add(delivery.id)
      this.outbox.push(delivery)
    }
  }

  async deliver({ body, eventId }: Delivery, secret = this.secret): Promise<number> {
    const answer = await this.world.app.request(`${this.world.origin}/webhooks/razorpay`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Razorpay-Signature': createHmac('sha256', secret).update(body).digest('hex'),
        'x-razorpay-event-id': eventId,
      },
      body,
    })
    return answer.status
  }

  paymentsOf = (vendorOrderId: string) => this.list<Payment>(`orders/${vendorOrderId}/payments`)
  disputes = () => this.list<Dispute>('disputes?count=100')

  /** The banks say how the refunds end that they have not made yet. */
  async settleRefunds(chance: Chance): Promise<void> {
    const refunds = await this.list<Refund>('refunds?count=100')
    for (const { id } of refunds.filter(({ status }) => status === 'pending'))
      await this.control(`refunds/${id}/settle`, { outcome: chance.happens(0.8) ? 'processed' : 'failed' })
  }

  private async list<T>(path: string): Promise<T[]> {
    const { RAZORPAY_KEY_ID, RAZORPAY_KEY_SECRET } = this.world.sandbox.environment
    const answer = await fetch(`${this.world.sandbox.origin}/razorpay/v1/${path}`, {
      headers: { authorization: `Basic ${btoa(`${RAZORPAY_KEY_ID}:${RAZORPAY_KEY_SECRET}`)}` },
    })
    return ((await answer.json()) as { items: T[] }).items
  }

  private get secret() {
    return this.world.sandbox.environment.RAZORPAY_WEBHOOK_SECRET ?? ''
  }
}
