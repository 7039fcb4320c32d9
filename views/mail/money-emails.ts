import { paths } from '../../src/paths'
import { amountIn, day } from '../../src/rules/format'
import type { EmailContent, Site } from './email'

/** For administrators: money that needs a person. */
export interface HeldPaymentEmail {
  recipient: string
  payment: { id: string; amountPaise: number; currency: string; heldReason: string | null }
  buyer: string | null
  course: string | null
}

export const heldPaymentContent = (
  site: Site,
  { recipient, payment, buyer, course }: HeldPaymentEmail,
): EmailContent => ({
  subject: `A payment needs you: ${amountIn(payment)}`,
  title: 'A payment is held',
  recipient,
  body: [
    `${amountIn(payment)} came in, and nobody has a course for it yet: ${payment.heldReason ?? 'its order is not clear.'}`,
    'Give the buyer the course, or send the money back. Until then it waits.',
  ],
  action: { label: 'Decide about it', url: `${site.APP_ORIGIN}${paths.adminPayments({ outcome: 'held' })}` },
  details: { Payment: payment.id, Buyer: buyer, Course: course },
})

export interface DisputeEmail {
  recipient: string
  dispute: {
    id: string
    paymentId: string
    amountPaise: number
    currency: string
    reasonCode: string | null
    respondBy: Date | null
  }
  buyer: string | null
  course: string | null
}

export const disputeContent = (
  site: Site,
  { recipient, dispute, buyer, course }: DisputeEmail,
): EmailContent => ({
  subject: `A buyer disputes a payment: ${amountIn(dispute)}`,
  title: 'A payment is disputed',
  recipient,
  body: [
    `A buyer has asked their bank for ${amountIn(dispute)} back. ${
      dispute.respondBy
        ? `Answer in the Razorpay dashboard by ${day(dispute.respondBy, site.TIME_ZONE)}.`
        : 'Answer in the Razorpay dashboard.'
    } Without an answer the dispute is lost, and the buyer’s access to the course ends.`,
  ],
  action: { label: 'See the dispute', url: `${site.APP_ORIGIN}${paths.adminDispute(dispute.id)}` },
  details: {
    Dispute: dispute.id,
    Payment: dispute.paymentId,
    Reason: dispute.reasonCode,
    Buyer: buyer,
    Course: course,
  },
})

interface RequestedRefund {
  amountPaise: number
  currency: string
  reason: string
  answer: string | null
  paymentId: string
  buyer: string | null
  course: string | null
}

/** For administrators and for the instructor of the course. */
export interface RefundRequestEmail {
  recipient: string
  isAdmin: boolean
  request: RequestedRefund & { orderId: string }
}

export const refundRequestContent = (
  site: Site,
  { recipient, isAdmin, request }: RefundRequestEmail,
): EmailContent => ({
  subject: `A refund is asked for: ${amountIn(request)}`,
  title: 'A buyer asks for a refund',
  recipient,
  body: [
    `${request.buyer ?? 'A buyer'} asks for ${amountIn(request)} back for "${request.course}": ${request.reason}`,
    isAdmin
      ? 'The rule does not decide it, so a person does: refund it, or decline with a reason that the buyer reads.'
      : 'The rule does not decide it. You can refund all or a part; an administrator can decline.',
  ],
  action: {
    label: 'Decide about it',
    url: `${site.APP_ORIGIN}${isAdmin ? paths.adminOrder(request.orderId) : paths.sale(request.orderId)}`,
  },
  details: { Payment: request.paymentId, Buyer: request.buyer, Course: request.course },
})

export interface RefusedRefundEmail {
  recipient: string
  request: RequestedRefund
}

export const refusedRefundContent = (
  site: Site,
  { recipient, request }: RefusedRefundEmail,
): EmailContent => ({
  subject: `A refund did not go through: ${amountIn(request)}`,
  title: 'A refund did not go through',
  recipient,
  body: [
    `${amountIn(request)} should have gone back and is still here: ${request.answer ?? 'no reason was given.'}`,
    'Try it again, or let it be. Until then it waits.',
  ],
  action: { label: 'Decide about it', url: `${site.APP_ORIGIN}${paths.adminPayments({ outcome: 'held' })}` },
  details: { Payment: request.paymentId, Buyer: request.buyer, Course: request.course },
})
