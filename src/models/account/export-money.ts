import { asc, eq, inArray } from 'drizzle-orm'
import { courses, invoices, orders, payments, purchases, refundRequests, refunds } from '../../db/schema'
import type { Services } from '../../services'

type Db = Services['db']

const course = { title: courses.title, slug: courses.slug }

/** What somebody bought, how it was paid, what went back, and the papers about it. */
export async function listBought(db: Db, userId: string) {
  const own = await listOrders(db, userId)
  const ofOrders = own.map(({ id }) => id)
  return {
    purchases: await listPurchases(db, userId),
    orders: own,
    ...(ofOrders.length > 0
      ? await listOfOrders(db, ofOrders)
      : { payments: [], refundRequests: [], refunds: [], invoices: [] }),
  }
}

const listPurchases = (db: Db, userId: string) =>
  db
    .select({
      id: purchases.id,
      course,
      source: purchases.source,
      pricePaise: purchases.pricePaise,
      orderId: purchases.orderId,
      paymentId: purchases.paymentId,
      createdAt: purchases.createdAt,
      revokedAt: purchases.revokedAt,
    })
    .from(purchases)
    .innerJoin(courses, eq(courses.id, purchases.courseId))
    .where(eq(purchases.userId, userId))
    .orderBy(asc(purchases.createdAt))

const listOrders = (db: Db, userId: string) =>
  db
    .select({
      id: orders.id,
      course,
      amountPaise: orders.amountPaise,
      state: orders.state,
      razorpayOrderId: orders.vendorOrderId,
      paymentId: orders.paymentId,
      billing: { name: orders.billingName, gstin: orders.billingGstin, state: orders.billingState },
      createdAt: orders.createdAt,
      paidAt: orders.paidAt,
    })
    .from(orders)
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(orders.userId, userId))
    .orderBy(asc(orders.createdAt))

async function listOfOrders(db: Db, ids: string[]) {
  return {
    payments: await db
      .select({
        id: payments.id,
        orderId: payments.orderId,
        amountPaise: payments.amountPaise,
        currency: payments.currency,
        method: payments.method,
        status: payments.vendorStatus,
        outcome: payments.outcome,
        paidAt: payments.paidAt,
      })
      .from(payments)
      .where(inArray(payments.orderId, ids))
      .orderBy(asc(payments.paidAt)),
    refundRequests: await db
      .select({
        id: refundRequests.id,
        paymentId: refundRequests.paymentId,
        amountPaise: refundRequests.amountPaise,
        reason: refundRequests.reason,
        state: refundRequests.state,
        answer: refundRequests.answer,
        createdAt: refundRequests.createdAt,
      })
      .from(refundRequests)
      .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
      .where(inArray(payments.orderId, ids))
      .orderBy(asc(refundRequests.createdAt)),
    refunds: await db
      .select({
        id: refunds.id,
        orderId: refunds.orderId,
        amountPaise: refunds.amountPaise,
        state: refunds.state,
        createdAt: refunds.createdAt,
      })
      .from(refunds)
      .where(inArray(refunds.orderId, ids))
      .orderBy(asc(refunds.createdAt)),
    invoices: await db
      .select({
        number: invoices.number,
        kind: invoices.kind,
        orderId: invoices.orderId,
        paymentId: invoices.paymentId,
        refundId: invoices.refundId,
        totalPaise: invoices.totalPaise,
        taxablePaise: invoices.taxablePaise,
        cgstPaise: invoices.cgstPaise,
        sgstPaise: invoices.sgstPaise,
        igstPaise: invoices.igstPaise,
        details: invoices.details,
        issuedAt: invoices.issuedAt,
      })
      .from(invoices)
      .where(inArray(invoices.orderId, ids))
      .orderBy(asc(invoices.issuedAt), asc(invoices.id)),
  }
}
