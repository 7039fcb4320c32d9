import { paths } from '../../src/paths'
import { moment, rupees } from '../../src/rules/format'
import type { EmailContent, Site } from './email'

export interface OrderEmail {
  order: { id: string; amountPaise: number; paymentId: string | null; paidAt: Date | null; state: string }
  buyer: { name: string; email: string }
  course: { title: string; slug: string }
}
export interface RefundEmail extends OrderEmail {
  refund: { id: string; amountPaise: number; state: 'pending' | 'processed' | 'failed' }
}

export const receiptContent = (site: Site, { order, buyer, course }: OrderEmail): EmailContent => ({
  subject: `Receipt: ${course.title}`,
  title: 'Payment received',
  recipient: buyer.name,
  body: [
    `We have received your payment of ${rupees(order.amountPaise)} for "${course.title}"${
      order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''
    }. Thank you! You can start learning right away:`,
  ],
  action: { label: 'Start learning', url: `${site.APP_ORIGIN}${paths.learn(course.slug)}` },
  details: { 'Payment number': order.paymentId, 'Your purchase': purchaseUrl(site, order.id) },
})

export const refundContent = (site: Site, data: RefundEmail): EmailContent => ({
  subject: `Refund: ${data.course.title}`,
  title: data.refund.state === 'failed' ? 'Your refund did not go through' : 'Your refund is on its way',
  recipient: data.buyer.name,
  body: [explanation(data)],
  action: { label: 'View your purchase', url: purchaseUrl(site, data.order.id) },
  details: { 'Payment number': data.order.paymentId, 'Refund number': data.refund.id },
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
