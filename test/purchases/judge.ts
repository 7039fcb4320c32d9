import { inArray } from 'drizzle-orm'
import type { Dispute, Payment } from '../../sandbox/razorpay/entities'
import { payments } from '../../src/db/schema'
import type { World } from '../world'
import type { Buyer } from './buyer'
import type { History } from './history'
import { faultsOfCount, faultsOfNumbers, faultsOfPapers } from './judge-papers'

type Row = typeof payments.$inferSelect

/** What is wrong in the end: the vendor's books against who can really watch. */
export async function listFaults(world: World, history: History): Promise<string[]> {
  const disputes = await history.vendor.disputes()
  const faults: string[] = []
  for (const [index, buyer] of history.buyers.entries())
    for (const fault of await faultsOf(world, history, buyer, disputes))
      faults.push(`buyer ${index}: ${fault}`)
  return [...faults, ...(await faultsOfNumbers(world))]
}

async function faultsOf(world: World, history: History, buyer: Buyer, disputes: Dispute[]) {
  const books: Payment[] = []
  for (const orderId of buyer.orders) books.push(...(await history.vendor.paymentsOf(orderId)))
  const captured = books.filter((payment) => payment.captured)
  const ids = captured.map(({ id }) => id)
  const rows =
    ids.length > 0 ? await world.services.db.select().from(payments).where(inArray(payments.id, ids)) : []
  const rowOf = (payment: Payment) => rows.find(({ id }) => id === payment.id)
  const isLost = ({ id }: Payment) =>
    disputes.some(({ payment_id, status }) => payment_id === id && status === 'lost')
  const live = captured.filter((payment) => payment.amount_refunded < payment.amount && !isLost(payment))
  const canWatch = await watches(buyer)

  const count = (end: string) => history.ends.set(end, (history.ends.get(end) ?? 0) + 1)
  for (const payment of captured) count(rowOf(payment)?.outcome ?? 'no outcome')
  if (canWatch) count('watching')

  const open = live.filter((payment) => rowOf(payment)?.outcome === 'granted').map(({ id }) => id)
  const gone = captured.filter((one) => !live.includes(one))
  return [
    ...captured.flatMap((payment) => faultOfRow(buyer, payment, rowOf(payment))),
    ...faultsOfAccess(canWatch, live.length, open),
    ...gone.flatMap((payment) => faultOfEnded(payment, rowOf(payment))),
    ...(await faultsOfPapers(world, rows)),
    ...(await faultsOfCount(world, buyer)),
  ]
}

function faultsOfAccess(canWatch: boolean, live: number, open: string[]): string[] {
  const found: string[] = []
  if (canWatch && live === 0) found.push('watches, and the vendor has no money of theirs')
  if (!canWatch && open.length > 0) found.push(`has paid ${open} and cannot watch`)
  if (canWatch && open.length === 0) found.push('watches, and no payment is granted')
  if (open.length > 1) found.push(`has paid twice: ${open}`)
  return found
}

const faultOfEnded = (payment: Payment, row: Row | undefined): string[] =>
  row?.outcome === 'returned' || row?.outcome === 'lost'
    ? []
    : [`${payment.id} has gone back and is ${row?.outcome}`]

/** A captured payment has an outcome; what still waits has a reason. */
function faultOfRow(buyer: Buyer, payment: Payment, row: Row | undefined): string[] {
  if (!row?.outcome)
    return [`${payment.id} is captured and has no outcome (${row?.vendorStatus ?? 'no row'})`]
  if (row.outcome === 'returning') return [`${payment.id} is still going back`]
  const mayWait = payment.currency !== 'INR' || buyer.lost.has(payment.order_id)
  if (row.outcome === 'held' && !mayWait) return [`${payment.id} is held: ${row.heldReason}`]
  if (row.outcome === 'held' && !row.heldReason) return [`${payment.id} is held without a reason`]
  return []
}

async function watches({ person, course }: Buyer): Promise<boolean> {
  const answer = await person.browser.get(`/learn/${course.slug}/${course.chapters[0]?.id}`)
  if (answer.status >= 500) throw new Error(`The lesson was answered ${answer.status}`)
  return answer.html.includes('Mark as complete')
}
