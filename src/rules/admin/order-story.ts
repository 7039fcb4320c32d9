import { amountIn, rupees } from '../format'
import { isOpenDispute } from '../purchases/dispute'
import { isCaptured } from '../purchases/outcome'
import { actSentence } from './acts'
import { readError } from './told-error'

export interface Told {
  at: Date
  text: string
  mood?: 'good' | 'bad'
}

/** Rows of the database as they are; only what the story needs of them. */
export interface OrderRows {
  order: {
    id: string
    amountPaise: number
    state: string
    vendorOrderId: string | null
    paymentId: string | null
    createdAt: Date
    shownAt: Date | null
    paidAt: Date | null
    updatedAt: Date
  }
  buyer: { name: string }
  course: { title: string }
  purchase: { orderId: string | null; createdAt: Date; revokedAt: Date | null } | null
  payments: PaymentRow[]
  refunds: { id: string; amountPaise: number; state: string; createdAt: Date; updatedAt: Date }[]
  requests: RequestRow[]
  disputes: DisputeRow[]
  invoices: { kind: string; number: string; issuedAt: Date }[]
  webhooks: { type: string; outcome: string; receivedAt: Date }[]
  jobs: { kind: string; lastError: string | null; deadAt?: Date | null }[]
  acts: { action: string; actor: string | null; reason: string | null; at: Date }[]
}
interface PaymentRow {
  id: string
  amountPaise: number
  feePaise: number | null
  currency: string
  method: string | null
  vendorStatus: string
  outcome: string | null
  heldReason: string | null
  error: string | null
  paidAt: Date
  createdAt: Date
  updatedAt: Date
}
interface RequestRow {
  amountPaise: number
  state: string
  reason: string
  answer: string | null
  requestedBy: string | null
  decidedBy: string | null
  createdAt: Date
  updatedAt: Date
  decidedAt: Date | null
}
interface DisputeRow {
  id: string
  amountPaise: number
  currency: string
  status: string
  reasonCode: string | null
  createdAt: Date
  updatedAt: Date
}

/** What happened, in sentences, in the order in which it did. */
export function orderStory(rows: OrderRows): Told[] {
  const told = [
    ...opening(rows),
    ...rows.payments.flatMap((payment) => paymentStory(payment, rows.order.createdAt)),
    ...rows.webhooks.map(({ type, outcome, receivedAt }) => ({
      at: receivedAt,
      text: `Webhook ${type} from Razorpay: ${outcome || 'nothing to do'}.`,
    })),
    ...access(rows),
    ...rows.invoices.map(({ kind, number, issuedAt }) => ({
      at: issuedAt,
      text: `${papers[kind] ?? 'Paper'} ${number} was issued.`,
    })),
    ...rows.requests.flatMap(requestStory),
    ...rows.refunds.flatMap(refundStory),
    ...rows.disputes.flatMap(disputeStory),
    // Who asked for a refund is told with the request.
    ...rows.acts
      .filter(({ action }) => action !== 'request-refund')
      .map((act) => ({ at: act.at, text: actSentence(act) })),
  ]
  // What happened at the same moment stays in the order of the list.
  return told.sort((one, other) => one.at.getTime() - other.at.getTime())
}

const papers: Record<string, string> = {
  receipt: 'Receipt',
  invoice: 'Tax invoice',
  'credit-note': 'Credit note',
  'debit-note': 'Debit note',
}

function opening({ order, buyer, course }: OrderRows): Told[] {
  const opened = `${buyer.name} started buying “${course.title}” for ${rupees(order.amountPaise)}.`
  const told: Told[] = [{ at: order.createdAt, text: opened }]
  if (!order.vendorOrderId)
    told.push({ at: order.createdAt, text: 'Razorpay has not opened the order yet.', mood: 'bad' })
  if (order.shownAt) told.push({ at: order.shownAt, text: 'The checkout was opened.' })
  if (order.state === 'abandoned')
    told.push({ at: order.updatedAt, text: 'It was not paid within five days, so the order was closed.' })
  return told
}

/** Razorpay's clock has no milliseconds, and nobody pays before the order is there. */
function paymentStory(payment: PaymentRow, openedAt: Date): Told[] {
  const by = payment.method ? ` by ${methods[payment.method] ?? payment.method}` : ''
  const what = `${amountIn(payment)}${by} (${payment.id})`
  const at = payment.paidAt < openedAt ? openedAt : payment.paidAt
  if (payment.vendorStatus === 'failed')
    return [{ at, text: `A payment of ${what} was declined: ${reasonOf(payment)}`, mood: 'bad' }]
  if (!isCaptured(payment.vendorStatus))
    return [{ at, text: `A payment of ${what} was started; at Razorpay it is ${payment.vendorStatus}.` }]
  const fee = payment.feePaise ? ` Razorpay kept ${rupees(payment.feePaise)} of it.` : ''
  const paid: Told = { at, text: `${what} was paid.${fee}`, mood: 'good' }
  const after = outcomes[payment.outcome ?? '']
  const held = payment.outcome === 'held' ? ` ${payment.heldReason ?? ''}` : ''
  return after ? [paid, { at: payment.updatedAt, text: `${after}${held}`.trim(), mood: 'bad' }] : [paid]
}

const methods: Record<string, string> = { upi: 'UPI', netbanking: 'net banking', emi: 'EMI' }
const reasonOf = ({ error }: PaymentRow) => ended(error ?? 'no reason was given')
const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

const outcomes: Record<string, string> = {
  held: 'The payment is on hold until somebody decides.',
  returning: 'The payment has to be refunded.',
  returned: 'The payment was refunded in full.',
  lost: 'The money was lost in a dispute.',
}

function access({ order, purchase, jobs }: OrderRows): Told[] {
  if (!order.paidAt) return []
  const at = order.paidAt
  if (order.state === 'duplicate')
    return [{ at, text: 'The order was closed without opening the course.', mood: 'bad' }]
  if (order.state !== 'paid') return []
  const mails = jobs.filter(({ kind }) => kind === 'mail-receipt')
  const mail = mails.find(({ deadAt }) => !deadAt) ?? mails[0]
  const told: Told[] = [{ at, text: 'The course was opened.', mood: 'good' }]
  if (!mail) told.push({ at, text: 'The receipt was emailed.' })
  else if (mail.deadAt)
    told.push({
      at,
      text: `The receipt could not be emailed: ${ended(readError(mail.lastError ?? '').said)}`,
      mood: 'bad',
    })
  else if (mail.lastError)
    told.push({
      at,
      text: `The receipt could not be emailed yet: ${ended(readError(mail.lastError).said)}`,
      mood: 'bad',
    })
  else told.push({ at, text: 'The receipt is waiting to be emailed.' })
  if (purchase?.orderId === order.id && purchase.revokedAt)
    told.push({ at: purchase.revokedAt, text: 'The course was closed.', mood: 'bad' })
  return told
}

function requestStory(request: RequestRow): Told[] {
  const { state, reason, answer, requestedBy, decidedBy, createdAt, updatedAt, decidedAt } = request
  const amount = rupees(request.amountPaise)
  const asked = {
    at: createdAt,
    text: `${requestedBy ?? 'This site'} asked for ${amount} back: ${ended(reason)}`,
  }
  const at = decidedAt ?? createdAt
  const said = answer ? ` ${ended(answer)}` : ''
  if (state === 'asked') return [asked, { at, text: 'The request is waiting for a decision.', mood: 'bad' }]
  if (state === 'declined')
    return [asked, { at, text: `${decidedBy ?? 'This site'} declined it.${said}`, mood: 'bad' }]
  const approved = { at, text: `${decidedBy ?? 'This site'} approved the refund of ${amount}.` }
  if (state === 'refused' || (state === 'closed' && answer))
    return [asked, approved, { at: updatedAt, text: `It did not go through.${said}`, mood: 'bad' }]
  if (state === 'approved' && answer)
    return [asked, approved, { at, text: `Razorpay could not process it yet.${said}`, mood: 'bad' }]
  return [asked, approved]
}

function refundStory({ id, amountPaise, state, createdAt, updatedAt }: OrderRows['refunds'][number]): Told[] {
  const begun = { at: createdAt, text: `Razorpay started the refund of ${rupees(amountPaise)} (${id}).` }
  if (state === 'processed') return [begun, { at: updatedAt, text: `${rupees(amountPaise)} was refunded.` }]
  if (state === 'failed') return [begun, { at: updatedAt, text: 'The refund failed.', mood: 'bad' }]
  return [begun]
}

function disputeStory(dispute: DisputeRow): Told[] {
  const { status, reasonCode, createdAt, updatedAt } = dispute
  const why = reasonCode ? `: ${reasonCode.replaceAll('_', ' ')}` : ''
  const begun: Told = {
    at: createdAt,
    text: `The buyer’s bank disputed ${amountIn(dispute)} (${dispute.id})${why}.`,
    mood: 'bad',
  }
  if (isOpenDispute(status)) return [begun]
  const mood = status === 'won' ? 'good' : 'bad'
  return [begun, { at: updatedAt, text: `The dispute ended: ${status}.`, mood }]
}
