import { paths } from '../../src/paths'
import { moment, rupees } from '../../src/rules/format'
import { LetterAction, LetterSheet, type OrderLetter, type Site } from './letter'

export function ReceiptLetter({ site, order, buyer, course }: OrderLetter & { site: Site }) {
  return (
    <LetterSheet siteName={site.SITE_NAME} title={`You are in: ${course.title}`}>
      <p>Hello {buyer.name},</p>
      <p>
        we have received your payment of <strong>{rupees(order.amountPaise)}</strong>
        {order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''}. The course is open for you.
      </p>
      <LetterAction href={`${site.APP_ORIGIN}${paths.learn(course.slug)}`}>Start learning</LetterAction>
      <p>
        Payment number: {order.paymentId}
        <br />
        <a href={`${site.APP_ORIGIN}${paths.purchase(order.id)}`}>See this purchase</a>
      </p>
    </LetterSheet>
  )
}

export const receiptText = (
  site: Site,
  { order, buyer, course }: OrderLetter,
): string => `Hello ${buyer.name},

we have received your payment of ${rupees(order.amountPaise)}${order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''} for "${course.title}". The course is open for you:
${site.APP_ORIGIN}${paths.learn(course.slug)}

Payment number: ${order.paymentId}
This purchase: ${site.APP_ORIGIN}${paths.purchase(order.id)}

${site.SITE_NAME}
`
