import { paths } from '../../src/paths'
import { moment, rupees } from '../../src/rules/format'
import { EmailAction, EmailSheet, type OrderEmail, type Site } from './email'

export function ReceiptEmail({ site, order, buyer, course }: OrderEmail & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title={`You are in: ${course.title}`}>
      <p>Hello {buyer.name},</p>
      <p>
        we have received your payment of <strong>{rupees(order.amountPaise)}</strong>
        {order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''}. The course is open for you.
      </p>
      <EmailAction href={`${site.APP_ORIGIN}${paths.learn(course.slug)}`}>Start learning</EmailAction>
      <p>
        Payment number: {order.paymentId}
        <br />
        <a href={`${site.APP_ORIGIN}${paths.purchase(order.id)}`}>See this purchase</a>
      </p>
    </EmailSheet>
  )
}

export const receiptText = (site: Site, { order, buyer, course }: OrderEmail): string => `Hello ${buyer.name},

we have received your payment of ${rupees(order.amountPaise)}${order.paidAt ? ` on ${moment(order.paidAt, site.TIME_ZONE)}` : ''} for "${course.title}". The course is open for you:
${site.APP_ORIGIN}${paths.learn(course.slug)}

Payment number: ${order.paymentId}
This purchase: ${site.APP_ORIGIN}${paths.purchase(order.id)}

${site.SITE_NAME}
`
