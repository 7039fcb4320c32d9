import type { Confirmation } from '../../src/models/account/confirmation'
import type { RefusedRefunds } from '../../src/models/purchases/refused-refund'
import { paths } from '../../src/paths'
import { amountIn } from '../../src/rules/format'
import { Card } from '../parts/card'
import { When } from '../parts/text'
import { VerbForm, type VerbProblem } from '../parts/verb-form'

interface Props {
  row: RefusedRefunds[number]
  confirmation: Confirmation
  problem?: VerbProblem
  timeZone: string
}

/** Money that should have gone back and is still here. */
export function RefusedRefund({ row: { request, payment }, timeZone, confirmation, problem }: Props) {
  const { id, reason, answer, updatedAt } = request
  const amount = amountIn({ ...payment, amountPaise: request.amountPaise })
  const isDue = payment.outcome === 'returning'
  return (
    <Card title={`Refund of ${amount} did not go through`} id={`refund-${id}`} danger>
      <p>{answer}</p>
      <dl class="details-list">
        <dt>Refused</dt>
        <dd>
          <When date={updatedAt} timeZone={timeZone} time />
        </dd>
        <dt>Reason</dt>
        <dd>{reason}</dd>
        {payment.orderId ? (
          <>
            <dt>Order</dt>
            <dd class="break">
              <a href={paths.adminOrder(payment.orderId)}>{payment.orderId}</a>
            </dd>
          </>
        ) : null}
        <dt>Payment</dt>
        <dd class="break">
          <code>{payment.id}</code>, {amountIn(payment)}
        </dd>
      </dl>
      <p class="measure">
        Try again to send it as a new refund, of no more than is left of the payment.{' '}
        {isDue
          ? 'This payment opened no course, so it has to go back.'
          : 'Dismiss it if nothing should be sent, for instance because you paid the buyer another way.'}
      </p>
      <VerbForm
        {...{ confirmation, problem }}
        target="payments"
        id={`refused-${id}`}
        action={paths.adminRefundRetry(payment.id, id)}
        button="Try again"
        kind="primary"
        confirm={`${amount} is refunded to whoever paid it.`}
        other={isDue ? undefined : { action: paths.adminRefundDrop(payment.id, id), button: 'Dismiss' }}
        reasonHint="Why you decide this way. Kept on the audit page."
      />
    </Card>
  )
}
