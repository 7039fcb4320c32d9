import { eq } from 'drizzle-orm'
import { transact } from '../src/db/connect'
import { attachments, refundRequests, users } from '../src/db/schema'
import { newId } from '../src/ids'
import { newPaymentId, tell, toldPayment } from './payment-events'
import { newBuyer, owns, pay } from './payments'
import { type Course, type Person, person } from './people'
import { until } from './until'
import type { World } from './world'

/** What waits for an administrator, made anew by each call. */
export function deskCases(world: World) {
  async function paidOrder(owner?: Person) {
    const buyer = await newBuyer(world, { owner })
    const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
    await until(() => owns(world, buyer.student))
    return { orderId: buyer.orderId, paymentId: paymentId ?? '', buyerId: buyer.student.id }
  }

  type Request = Omit<typeof refundRequests.$inferInsert, 'id' | 'amountPaise' | 'reason'>
  async function keepRequest(request: Request): Promise<string> {
    const row = { id: newId(), amountPaise: 100, reason: 'Asked for by mail', ...request }
    // Webhooks about its payment still come in, so this may have to begin again.
    await transact(world.services.db, (tx) => tx.insert(refundRequests).values(row))
    return row.id
  }

  return {
    paidOrder,
    async askedRefund(): Promise<[orderId: string, requestId: string]> {
      const { orderId, paymentId, buyerId } = await paidOrder()
      return [orderId, await keepRequest({ paymentId, requestedBy: buyerId, state: 'asked' })]
    },
    async refusedRefund(): Promise<[paymentId: string, requestId: string]> {
      const { paymentId } = await paidOrder()
      const refused = { paymentId, state: 'refused', answer: 'No such account.' } as const
      return [paymentId, await keepRequest(refused)]
    },
    async heldPayment(): Promise<string> {
      const { vendorOrderId } = await newBuyer(world)
      const id = newPaymentId()
      const payment = toldPayment({ id, order_id: vendorOrderId, amount: 40_000, currency: 'USD' })
      await tell(world, 'payment.captured', { payment })
      return id
    },
    async wantingToTeach(): Promise<string> {
      const { id } = await person(world)
      const asked = { teachingRequestedAt: world.services.now() }
      await world.services.db.update(users).set(asked).where(eq(users.id, id))
      return id
    },
    async attachedFile({ id: courseId }: Pick<Course, 'id'>): Promise<string> {
      const id = newId()
      await world.services.db.insert(attachments).values({
        ...{ id, courseId, name: 'notes.pdf', fileKey: id, sizeBytes: 11, contentType: 'application/pdf' },
      })
      return id
    },
  }
}
