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
  const verbs = { confirmation, problem, target: 'payments' }
  return (
    <Card title={`Refund of ${amount} did not go through`} id={`refund-${id}`} danger>
      <p>{answer}</p>
      <dl class="details-list">
        <dt>Refused</dt>
        <dd>
          <When date={updatedAt} timeZone={timeZone} time />
        </dd>
        <dt>Why it was made</dt>
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
      {isDue ? <p class="soft">This payment opened no course, so it has to go back.</p> : null}
      <div class="verbs">
        <VerbForm
          {...verbs}
          id={`retry-${id}`}
          action={paths.adminRefundRetry(payment.id, id)}
          button="Try again"
          kind="primary"
          confirm={`${amount} is sent back to who paid it.`}
          reasonHint="Sent as a new refund, of what is left at most."
        />
        {isDue ? null : (
          <VerbForm
            {...verbs}
            id={`drop-${id}`}
            action={paths.adminRefundDrop(payment.id, id)}
            button="Let it be"
            reasonHint="Nothing is sent, for instance because you paid it back another way."
          />
        )}
      </div>
    </Card>
  )
}
