import { inArray } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { disputes, payments, refunds } from '../../db/schema'
import { AppError } from '../../errors'
import type { Dispute, Payment, Refund } from '../../ports/payments/payments'
import { amountIn } from '../../rules/format'
import { isCaptured, isOlderNews } from '../../rules/purchases/outcome'
import { laterRefundState } from '../../rules/purchases/refund'
import { required } from '../../services'
import { recordDispute } from './dispute'
import { type Findings, repair } from './findings'
import { type PaymentServices, recordToldPayment } from './order-sync'
import type { KeptPayment } from './payment'
import { recordRefund } from './refund'

interface Span {
  from: Date
  to: Date
}

const vendorOf = (services: PaymentServices) => required(services.payments, 'Buying')

/** Gives the ids that the vendor has listed. */
export async function reconcilePayments(
  services: PaymentServices,
  findings: Findings,
  { from, to }: Span,
): Promise<Set<string>> {
  const seen = new Set<string>()
  for await (const page of pagesOf(vendorOf(services).listPaymentsBetween(from, to))) {
    const rows = await services.db
      .select()
      .from(payments)
      .where(inArray(payments.id, idsOf(page)))
    const known = new Map(rows.map((row) => [row.id, row]))
    for (const told of page) {
      seen.add(told.id)
      findings.checked.payments += 1
      const row = known.get(told.id)
      if (isSettled(row, told)) continue
      const what = `Payment ${told.id} of ${amountIn(told)} is ${told.vendorStatus} at Razorpay and ${row ? row.vendorStatus : 'not known'} here`
      await repair(findings, what, () => recordToldPayment(services, told))
    }
  }
  return seen
}

/** Held ones are looked at again: the vendor's verdict may have come. */
function isSettled(row: KeptPayment | undefined, told: Payment): boolean {
  if (!row) return false
  if (isOlderNews(row.vendorStatus, told.vendorStatus)) return true
  const isSame = row.vendorStatus === told.vendorStatus && row.amountPaise === told.amountPaise
  return isSame && (!isCaptured(told.vendorStatus) || row.feePaise !== null || told.feePaise === null)
}

export async function reconcileRefunds(
  services: PaymentServices,
  findings: Findings,
  { from, to }: Span,
): Promise<void> {
  for await (const page of pagesOf(vendorOf(services).listRefundsBetween(from, to))) {
    const rows = await services.db
      .select()
      .from(refunds)
      .where(inArray(refunds.id, idsOf(page)))
    const known = new Map(rows.map((row) => [row.id, row]))
    for (const told of page) {
      findings.checked.refunds += 1
      const row = known.get(told.id)
      if (row?.state === told.state) continue
      const what = `Refund ${told.id} of payment ${told.paymentId} is ${told.state} at Razorpay and ${row ? row.state : 'not known'} here`
      if (row && laterRefundState(row.state, told.state) === row.state) findings.problems.push(`${what}.`)
      else await repair(findings, what, () => recordListed(services, told))
    }
  }
}

async function recordListed(services: PaymentServices, told: Refund): Promise<void> {
  await knowPayment(services, told.paymentId)
  await transact(services.db, (db) => recordRefund({ ...services, db }, told))
}

export async function reconcileDisputes(services: PaymentServices, findings: Findings): Promise<void> {
  for await (const page of pagesOf(vendorOf(services).listDisputes())) {
    const rows = await services.db
      .select()
      .from(disputes)
      .where(inArray(disputes.id, idsOf(page)))
    const known = new Map(rows.map((row) => [row.id, row]))
    for (const told of page) {
      findings.checked.disputes += 1
      const row = known.get(told.id)
      if (row?.status === told.status && row.deductedPaise === told.deductedPaise) continue
      const what = `Dispute ${told.id} of payment ${told.paymentId} is ${told.status} at Razorpay and ${row ? row.status : 'not known'} here`
      await repair(findings, what, () => recordListedDispute(services, told))
    }
  }
}

async function recordListedDispute(services: PaymentServices, told: Dispute): Promise<void> {
  await knowPayment(services, told.paymentId)
  await transact(services.db, async (db) => {
    const status = await recordDispute({ ...services, db }, told, null)
    if (status !== told.status) throw new AppError('conflict', `It ended as ${status} here.`)
  })
}

/** What goes back belongs to a payment, and that may be one we have never heard of. */
async function knowPayment(services: PaymentServices, paymentId: string): Promise<void> {
  const [row] = await services.db
    .select()
    .from(payments)
    .where(inArray(payments.id, [paymentId]))
  const told = row ? null : await vendorOf(services).findPayment(paymentId)
  if (told) await recordToldPayment(services, told)
}

const idsOf = (page: { id: string }[]) => page.map(({ id }) => id)

async function* pagesOf<T>(list: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = []
  for await (const one of list) {
    page.push(one)
    if (page.length < 100) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
