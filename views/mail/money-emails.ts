import { paths } from '../../src/paths'
import { amountIn } from '../../src/rules/format'
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
  action: { label: 'Decide about it', url: `${site.APP_ORIGIN}${paths.admin()}` },
  details: { Payment: payment.id, Buyer: buyer, Course: course },
})
