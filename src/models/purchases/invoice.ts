import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { courses, type InvoiceDetails, invoices, users } from '../../db/schema'
import { newId } from '../../ids'
import { soldPaise } from '../../rules/purchases/sale'
import { includedTax, supplyOf } from '../../rules/purchases/tax'
import type { Services } from '../../services'
import { takeNumber } from './invoice-number'
import { issueNotes } from './note'
import type { Order } from './order'
import type { KeptPayment } from './payment'
import type { InTransaction } from './purchase'

type Config = Services['config']

/**
 * The receipt of a payment that opened its course, with `SELLER_GSTIN` a tax invoice; notes for
 * what is back already come with it. Last in its transaction: all others wait for its number.
 */
export async function issueInvoice(tx: InTransaction, order: Order, payment: KeptPayment): Promise<void> {
  const { db, config } = tx
  const issuedAt = tx.now()
  const details = await detailsOf(db, config, order)
  const number = await takeNumber(db, 'paper', issuedAt)
  const supply = supplyOf(details.seller, details.buyer.state)
  await db.insert(invoices).values({
    id: newId(),
    kind: details.seller.gstin === null ? 'receipt' : 'invoice',
    number,
    orderId: order.id,
    paymentId: payment.id,
    ...includedTax(soldPaise(order, payment), details.ratePercent ?? 0, supply),
    details,
    issuedAt,
  })
  await issueNotes(tx, { order, payment })
}

async function detailsOf(db: Transaction, config: Config, order: Order): Promise<InvoiceDetails> {
  const [buyer] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, order.userId))
  const [course] = await db
    .select({ title: courses.title })
    .from(courses)
    .where(eq(courses.id, order.courseId))
  if (!buyer || !course) throw new Error(`The order ${order.id} has no buyer or no course.`)
  return {
    seller: {
      name: config.SELLER_NAME ?? config.SITE_NAME,
      address: config.SELLER_ADDRESS ?? null,
      gstin: config.SELLER_GSTIN ?? null,
      state: config.SELLER_STATE ?? null,
    },
    buyer: {
      name: order.billingName ?? buyer.name,
      email: buyer.email,
      gstin: order.billingGstin,
      state: order.billingState,
    },
    text: `Online course: ${course.title}`,
    sac: config.SELLER_GSTIN ? (config.SAC ?? null) : null,
    ratePercent: config.SELLER_GSTIN ? (config.TAX_RATE_PERCENT ?? null) : null,
  }
}
