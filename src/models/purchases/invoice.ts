import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { courses, type InvoiceDetails, invoiceSeries, invoices, refunds, users } from '../../db/schema'
import { newId } from '../../ids'
import { invoiceNumber, type Series, seriesOf } from '../../rules/purchases/financial-year'
import { backPaise, soldPaise } from '../../rules/purchases/sale'
import { type Amounts, creditOf, includedTax, supplyOf } from '../../rules/purchases/tax'
import type { Services } from '../../services'
import type { Order } from './order'
import type { KeptPayment, LockedPayment } from './payment'
import type { InTransaction } from './purchase'

type Invoice = typeof invoices.$inferSelect
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
  await issueCreditNotes(tx, { order, payment })
}

/** One for each refund that is back and has none, of a payment that has its paper. */
export async function issueCreditNotes(
  tx: InTransaction,
  { order, payment }: Pick<LockedPayment, 'payment'> & { order: Order | undefined },
): Promise<void> {
  const { db } = tx
  const papers = await db.select().from(invoices).where(eq(invoices.paymentId, payment.id)).for('update')
  const paper = papers.find(({ kind }) => kind !== 'credit-note')
  if (!order || !paper) return
  const back = await db
    .select()
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), eq(refunds.state, 'processed')))
    .orderBy(refunds.createdAt, refunds.id)
    .for('update')
  const notes = papers.filter(({ kind }) => kind === 'credit-note')
  for (const refund of back.filter(({ id }) => !notes.some(({ refundId }) => refundId === id))) {
    const amounts = creditOf(paper, notes, backPaise(order, payment, refund))
    if (amounts.totalPaise > 0) notes.push(await issueCreditNote(tx, paper, refund.id, amounts))
  }
}

/** What was agreed when the paper was issued stands, whatever the settings say now. */
async function issueCreditNote(
  { db, now }: InTransaction,
  paper: Invoice,
  refundId: string,
  amounts: Amounts,
): Promise<Invoice> {
  const issuedAt = now()
  const { orderId, paymentId, details } = paper
  const about = { id: newId(), kind: 'credit-note' as const, orderId, paymentId, refundId }
  const note = {
    ...{ ...about, ...partsOf(amounts), details, issuedAt },
    number: await takeNumber(db, 'credit-note', issuedAt),
  }
  await db.insert(invoices).values(note)
  return note
}

const partsOf = ({ totalPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise }: Amounts): Amounts => ({
  ...{ totalPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise },
})

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

/** Counted under the lock of its row, so that one that is not used up leaves no gap. */
async function takeNumber(db: Transaction, kind: Series, at: Date): Promise<string> {
  const series = seriesOf(kind, at)
  await db
    .insert(invoiceSeries)
    .values({ series, lastNumber: 1 })
    .onDuplicateKeyUpdate({ set: { lastNumber: sql`${invoiceSeries.lastNumber} + 1` } })
  const [row] = await db.select().from(invoiceSeries).where(eq(invoiceSeries.series, series)).for('update')
  if (!row) throw new Error(`The series ${series} has no row.`)
  return invoiceNumber(series, row.lastNumber)
}
