import { eq, inArray } from 'drizzle-orm'
import {
  courses,
  invoiceSeries,
  invoices,
  orders,
  type payments,
  purchases,
  refundRequests,
  refunds,
} from '../../src/db/schema'
import type { World } from '../world'
import type { Buyer } from './buyer'

type Payment = typeof payments.$inferSelect
type Paper = typeof invoices.$inferSelect
type Refund = typeof refunds.$inferSelect

const sum = (list: { totalPaise: number }[]) => list.reduce((total, one) => total + one.totalPaise, 0)

/** One paper for what opened a course, and notes for exactly what is back of it. */
export async function faultsOfPapers({ services: { db } }: World, rows: Payment[]): Promise<string[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const issued = await db.select().from(invoices).where(inArray(invoices.paymentId, ids))
  const made = await db.select().from(refunds).where(inArray(refunds.paymentId, ids))
  const asked = await db.select().from(refundRequests).where(inArray(refundRequests.paymentId, ids))
  const opened = await db.select().from(orders).where(inArray(orders.paymentId, ids))
  const of = <T extends { paymentId: string }>(list: T[], { id }: Payment) =>
    list.filter(({ paymentId }) => paymentId === id)
  return rows.flatMap((row) => [
    ...faultsOfNotes(
      row,
      of(issued, row),
      of(made, row),
      opened.some(({ paymentId, state }) => paymentId === row.id && state === 'paid'),
    ),
    ...of(made, row)
      .filter((refund) => refund.state === 'failed' && refund.createdAt >= row.createdAt)
      .filter(() => row.outcome === 'granted')
      .filter(({ id }) => !asked.some(({ refundId, state }) => refundId === id && state === 'refused'))
      .map(({ id }) => `${id} failed, and nobody is asked about it`),
    ...of(asked, row)
      .filter(({ state }) => state === 'approved')
      .map(({ id }) => `the refund ${id} of ${row.id} is wanted and was not made`),
  ])
}

function faultsOfNotes(row: Payment, issued: Paper[], made: Refund[], isOpened: boolean): string[] {
  const papers = issued.filter(({ kind }) => kind === 'receipt' || kind === 'invoice')
  const kindOf = (wanted: Paper['kind']) => issued.filter(({ kind }) => kind === wanted)
  const wanted = isOpened ? 1 : 0
  if (papers.length !== wanted) return [`${row.id} has ${papers.length} papers instead of ${wanted}`]
  if (!isOpened) return issued.length > 0 ? [`${row.id} opened nothing and has notes`] : []
  if (row.currency !== 'INR') return []
  const processed = made.filter(({ state }) => state === 'processed')
  const back = processed.reduce((total, one) => total + one.amountPaise, 0)
  const credited = sum(kindOf('credit-note')) - sum(kindOf('debit-note'))
  return credited === Math.min(back, sum(papers))
    ? []
    : [`${row.id}: ${back} paise are back and ${credited} credited`]
}

/** A course counts who has it, once each. */
export async function faultsOfCount({ services: { db } }: World, { course }: Buyer): Promise<string[]> {
  const [row] = await db.select().from(courses).where(eq(courses.id, course.id))
  const owned = await db.select().from(purchases).where(eq(purchases.courseId, course.id))
  const owners = owned.filter(({ revokedAt }) => revokedAt === null).length
  return row?.studentCount === owners ? [] : [`${row?.studentCount} students counted, ${owners} own it`]
}

/** In each series every number from the first to the last is used. */
export async function faultsOfNumbers({ services: { db } }: World): Promise<string[]> {
  const numbers = (await db.select({ number: invoices.number }).from(invoices)).map(({ number }) => number)
  const series = await db.select().from(invoiceSeries)
  return series.flatMap(({ series, lastNumber }) => {
    const used = numbers.filter((one) => one.replace(/\d+$/, '') === series).length
    return used === lastNumber ? [] : [`${series} has given ${lastNumber} numbers and used ${used}`]
  })
}
