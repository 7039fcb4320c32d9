import { asc, eq } from 'drizzle-orm'
import { invoices, refunds } from '../../db/schema'
import { newId } from '../../ids'
import { backPaise } from '../../rules/purchases/sale'
import { type Amounts, creditOf } from '../../rules/purchases/tax'
import { takeNumber } from './invoice-number'
import type { Order } from './order'
import type { LockedPayment } from './payment'
import type { InTransaction } from './purchase'

type Invoice = typeof invoices.$inferSelect

/**
 * Of a payment that has its paper: a credit note for each refund that is back, once. One whose
 * refund did not arrive after all is never deleted, but cancelled by a debit note.
 */
export async function issueNotes(
  tx: InTransaction,
  { order, payment }: Pick<LockedPayment, 'payment'> & { order: Order | undefined },
): Promise<void> {
  const { db } = tx
  const papers = await db.select().from(invoices).where(eq(invoices.paymentId, payment.id)).for('update')
  const paper = papers.find(({ kind }) => kind === 'receipt' || kind === 'invoice')
  if (!order || !paper) return
  const made = await db
    .select()
    .from(refunds)
    .where(eq(refunds.paymentId, payment.id))
    .orderBy(asc(refunds.createdAt), asc(refunds.id))
    .for('update')
  const noteOf = (kind: Invoice['kind'], { id }: { id: string }) =>
    papers.find((one) => one.kind === kind && one.refundId === id)
  for (const refund of made.filter(({ state }) => state === 'failed')) {
    const credit = noteOf('credit-note', refund)
    if (credit && !noteOf('debit-note', refund))
      papers.push(await issueNote(tx, paper, { kind: 'debit-note', refundId: refund.id, amounts: credit }))
  }
  for (const refund of made.filter(({ state }) => state === 'processed')) {
    if (noteOf('credit-note', refund)) continue
    const amounts = creditOf(paper, standingCredits(papers), backPaise(order, payment, refund))
    if (amounts.totalPaise > 0)
      papers.push(await issueNote(tx, paper, { kind: 'credit-note', refundId: refund.id, amounts }))
  }
}

/** Those that no debit note has cancelled. */
const standingCredits = (papers: Invoice[]): Invoice[] =>
  papers.filter(
    ({ kind, refundId }) =>
      kind === 'credit-note' &&
      !papers.some((other) => other.kind === 'debit-note' && other.refundId === refundId),
  )

/** What was agreed when the paper was issued stands, whatever the settings say now. */
async function issueNote(
  { db, now }: InTransaction,
  paper: Invoice,
  { kind, refundId, amounts }: { kind: 'credit-note' | 'debit-note'; refundId: string; amounts: Amounts },
): Promise<Invoice> {
  const issuedAt = now()
  const { orderId, paymentId, details } = paper
  const note = {
    ...{ id: newId(), kind, orderId, paymentId, refundId, ...partsOf(amounts), details, issuedAt },
    number: await takeNumber(db, kind, issuedAt),
  }
  await db.insert(invoices).values(note)
  return note
}

const partsOf = ({ totalPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise }: Amounts): Amounts => ({
  ...{ totalPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise },
})
