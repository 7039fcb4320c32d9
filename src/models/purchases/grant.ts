import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { payments, purchases } from '../../db/schema'
import { notFound } from '../../errors'
import { isFormer } from '../../rules/account/former-account'
import type { MoneyServices } from '../../services'
import { recordAudit } from '../audit'
import { setAccess } from './payment-outcome'
import { grantCourse, type InTransaction, lockBuyer } from './purchase'

interface Wanted {
  userId: string
  courseId: string
  reason: string
}

/** Without a payment; AppError `not_found` when there is no such person or course. */
export const giveCourse = (
  services: MoneyServices,
  actorId: string,
  { userId, courseId, reason }: Wanted,
): Promise<'given' | 'owned already' | 'account deleted'> =>
  transact(services.db, async (db) => {
    const tx = { ...services, db }
    const locked = await lockBuyer(db, { userId, courseId })
    if (!locked) throw notFound('person or course')
    if (isFormer(locked.buyer.email)) return 'account deleted'
    const purchase = await lockPurchase(tx, { userId, courseId })
    if (purchase?.revokedAt === null) return 'owned already'
    if (!(purchase?.takenBackAt && (await restore(tx, purchase)))) {
      const free = { orderId: null, paymentId: null, pricePaise: 0, source: 'granted' } as const
      await grantCourse(tx, { userId, courseId, ...free })
    }
    const subject = { type: 'user' as const, id: userId }
    await recordAudit(tx, { actorId, action: 'give-course', subject, reason, details: { course: courseId } })
    return 'given'
  })

/** Whatever the money says, until it is given back or bought again; AppError `not_found`. */
export const takeCourseBack = (
  services: MoneyServices,
  actorId: string,
  { userId, courseId, reason }: Wanted,
): Promise<'taken back' | 'not owned'> =>
  transact(services.db, async (db) => {
    const tx = { ...services, db }
    if (!(await lockBuyer(db, { userId, courseId }))) throw notFound('person or course')
    const purchase = await lockPurchase(tx, { userId, courseId })
    if (!purchase || purchase.revokedAt !== null) return 'not owned'
    const takenBackAt = tx.now()
    await db.update(purchases).set({ takenBackAt }).where(eq(purchases.id, purchase.id))
    await setAccess(tx, { ...purchase, takenBackAt }, null)
    const subject = { type: 'user' as const, id: userId }
    await recordAudit(tx, {
      actorId,
      action: 'take-course-back',
      subject,
      reason,
      details: { course: courseId },
    })
    return 'taken back'
  })

type Purchase = typeof purchases.$inferSelect

async function lockPurchase(
  { db }: InTransaction,
  { userId, courseId }: Omit<Wanted, 'reason'>,
): Promise<Purchase | undefined> {
  const [purchase] = await db
    .select()
    .from(purchases)
    .where(and(eq(purchases.userId, userId), eq(purchases.courseId, courseId)))
    .for('update')
  return purchase
}

/** True when that alone opens the course again: what was paid for it is still with us. */
async function restore(tx: InTransaction, purchase: Purchase): Promise<boolean> {
  const [payment] = purchase.paymentId
    ? await tx.db.select().from(payments).where(eq(payments.id, purchase.paymentId)).for('update')
    : []
  if (payment?.outcome !== 'granted') return false
  await tx.db.update(purchases).set({ takenBackAt: null }).where(eq(purchases.id, purchase.id))
  await setAccess(tx, { ...purchase, takenBackAt: null }, payment.outcome)
  return true
}
