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
