import { paths } from '../../src/paths'
import { amountIn, moment, rupees } from '../../src/rules/format'
import {
  buyerLines,
  methodName,
  type PaidBy,
  type Paper,
  paperDate,
  paperLines,
  paperTitle,
  placeOfSupply,
  sellerLines,
} from '../../src/rules/purchases/paper'
import type { EmailContent, Site } from './email'

export interface OrderEmail {
  order: { id: string; amountPaise: number; paymentId: string | null; paidAt: Date | null; state: string }
  buyer: { name: string; email: string }
  course: { title: string; slug: string }
  /** Null for a payment from before papers were issued. */
  papers: { paper: Paper; notes: Paper[]; paidBy: PaidBy | null } | null
}
export interface RefundEmail extends OrderEmail {
  refund: { id: string; amountPaise: number; state: 'pending' | 'processed' | 'failed' }
}

export const receiptContent = (site: Site, { order, buyer, course, papers }: OrderEmail): EmailContent => ({
  subject: `${papers ? paperTitle(papers.paper) : 'Receipt'}: ${course.title}`,
  title: 'Payment received',
  recipient: buyer.name,
  body: [
    `We have received your payment of ${
      papers?.paidBy ? amountIn(papers.paidBy) : rupees(order.amountPaise)
    } for "${course.title}"${
      order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''
    }. Thank you! You can start learning right away:`,
  ],
  action: { label: 'Start learning', url: `${site.APP_ORIGIN}${paths.learn(course.slug)}` },
  details: {
    ...(papers && paperDetails(site, order.id, papers.paper)),
    'Paid by': methodName(papers?.paidBy?.method ?? null) || null,
    'Payment number': order.paymentId,
    'Your purchase': purchaseUrl(site, order.id),
  },
})

/** The same words as on the page and on paper. */
const paperDetails = (site: Site, orderId: string, paper: Paper): Record<string, string | null> => ({
  [paperTitle(paper)]: paper.number,
  Date: paperDate(paper.issuedAt),
  Seller: sellerLines(paper).join(', '),
  Buyer: buyerLines(paper).join(', '),
  'Place of supply': placeOfSupply(paper) || null,
  For: `${paper.details.text}${paper.details.sac ? ` (SAC ${paper.details.sac})` : ''}`,
  ...Object.fromEntries(paperLines(paper)),
  'To print': `${site.APP_ORIGIN}${paths.purchasePapers(orderId)}`,
})

export const refundContent = (site: Site, data: RefundEmail): EmailContent => ({
  subject: `Refund: ${data.course.title}`,
  title: data.refund.state === 'failed' ? 'Your refund did not go through' : 'Your refund is on its way',
  recipient: data.buyer.name,
  body: [explanation(data)],
  action: { label: 'View your purchase', url: purchaseUrl(site, data.order.id) },
  details: {
    ...noteDetails(site, data),
    'Payment number': data.order.paymentId,
    'Refund number': data.refund.id,
  },
})

export interface RefundDeclinedEmail {
  buyer: { name: string }
  course: { title: string }
  orderId: string
  amountPaise: number
  answer: string | null
}

export const refundDeclinedContent = (site: Site, data: RefundDeclinedEmail): EmailContent => ({
  subject: `Your refund request: ${data.course.title}`,
  title: 'Your refund request was declined',
  recipient: data.buyer.name,
  body: [
    `You asked for ${rupees(data.amountPaise)} back for "${data.course.title}". A person has looked at it and declined: ${data.answer ?? 'no reason was given.'}`,
    'The course stays open for you.',
  ],
  action: { label: 'View your purchase', url: purchaseUrl(site, data.orderId) },
  details: {},
})

function noteDetails(site: Site, { order, papers, refund }: RefundEmail) {
  const note = papers?.notes.findLast(({ refundId }) => refundId === refund.id)
  return note && paperDetails(site, order.id, note)
}

const purchaseUrl = (site: Site, orderId: string) => `${site.APP_ORIGIN}${paths.purchase(orderId)}`

function explanation({ order, refund, course }: RefundEmail): string {
  const amount = rupees(refund.amountPaise)
  if (refund.state === 'failed') {
    return `We are sorry: the refund of ${amount} for "${course.title}" could not be completed. The course stays open for you. Please get in touch, and we will find another way to return your money.`
  }
  const wait = 'This usually takes five to seven working days.'
  if (order.state === 'duplicate') {
    return `You paid for "${course.title}", but you owned it already, so ${amount} goes back to you automatically. ${wait} The course stays open for you.`
  }
  return `We are returning ${amount} for "${course.title}" to the account you paid from. ${wait}`
}
