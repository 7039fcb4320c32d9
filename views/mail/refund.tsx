import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { EmailAction, EmailSheet, type RefundEmailData, type Site } from './email'

export function RefundEmail({ site, ...data }: RefundEmailData & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title={title(data)}>
      <p>Hello {data.buyer.name},</p>
      <p>{explanation(data)}</p>
      <EmailAction href={`${site.APP_ORIGIN}${paths.purchase(data.order.id)}`}>See this purchase</EmailAction>
      <p>
        Payment number: {data.order.paymentId}
        <br />
        Refund number: {data.refund.id}
      </p>
    </EmailSheet>
  )
}

export const refundText = (site: Site, data: RefundEmailData): string => `Hello ${data.buyer.name},

${explanation(data)}

Payment number: ${data.order.paymentId}
Refund number: ${data.refund.id}
This purchase: ${site.APP_ORIGIN}${paths.purchase(data.order.id)}

${site.SITE_NAME}
`

const title = ({ refund, course }: RefundEmailData) =>
  refund.state === 'failed'
    ? `The refund did not go through: ${course.title}`
    : `Money on its way back: ${course.title}`

function explanation({ order, refund, course }: RefundEmailData): string {
  const amount = rupees(refund.amountPaise)
  if (refund.state === 'failed') {
    return `the refund of ${amount} for "${course.title}" could not be completed by the bank, so the course stays open for you. We are sorry; answer this mail and we find another way.`
  }
  if (order.state === 'duplicate') {
    return `you paid for "${course.title}" although you owned it already, so ${amount} goes back to you by itself. Banks take five to seven working days. The course stays open for you.`
  }
  return `${amount} for "${course.title}" goes back to the account you paid from. Banks take five to seven working days.`
}
