import { count, desc, eq, isNotNull } from 'drizzle-orm'
import { courses, orders, type PaymentOutcome, payments, users } from '../../db/schema'
import { notFound } from '../../errors'
import type { Services } from '../../services'
import type { KeptPayment } from '../purchases/payment'

export type { KeptPayment }
export type PaymentList = Awaited<ReturnType<typeof listPayments>>

const maxListed = 50

/** AppError `not_found`. */
export async function findPayment({ db }: Pick<Services, 'db'>, paymentId: string): Promise<KeptPayment> {
  // The column is ASCII: anything else is no id.
  if (!/^[\w-]{1,64}$/.test(paymentId)) throw notFound('payment')
  const [payment] = await db.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment) throw notFound('payment')
  return payment
}

/** Newest first, 50 at most, with how many there are of each outcome. */
export async function listPayments({ db }: Pick<Services, 'db'>, outcome: PaymentOutcome | undefined) {
  const [counted, list] = await Promise.all([
    db
      .select({ outcome: payments.outcome, n: count() })
      .from(payments)
      .where(isNotNull(payments.outcome))
      .groupBy(payments.outcome),
    db
      .select({
        payment: payments,
        order: { id: orders.id, amountPaise: orders.amountPaise },
        buyer: { id: users.id, name: users.name },
        course: { title: courses.title },
      })
      .from(payments)
      .leftJoin(orders, eq(orders.id, payments.orderId))
      .leftJoin(users, eq(users.id, orders.userId))
      .leftJoin(courses, eq(courses.id, orders.courseId))
      .where(outcome ? eq(payments.outcome, outcome) : undefined)
      .orderBy(desc(payments.paidAt), desc(payments.id))
      .limit(maxListed + 1),
  ])
  const counts = Object.fromEntries(counted.map((row) => [row.outcome, row.n]))
  return { list: list.slice(0, maxListed), more: list.length > maxListed, counts }
}
