import type { Confirmation } from '../../src/models/account/confirmation'
import type { OrderRecord } from '../../src/models/admin/order-record'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { OrderRefundForm } from '../parts/order-refund-form'
import { VerbForm, type VerbProblem } from '../parts/verb-form'

export interface OrderProps {
  record: OrderRecord
  /** What is known while it is open. */
  known: string | null
  formKey: string
  confirmation: Confirmation
  problem?: VerbProblem
  timeZone: string
}

export function OrderVerbs(props: OrderProps) {
  const { order, payments, requests } = props.record
  const isHeld = payments.some(({ outcome }) => outcome === 'held')
  return (
    <div class="stack no-print" id="verbs">
      {isHeld ? (
        <Notice kind="error">
          A payment for this order is on hold.{' '}
          <a href={paths.adminPayments({ outcome: 'held' })}>Review it</a>
        </Notice>
      ) : null}
      {requests.some(({ state }) => state === 'refused') ? (
        <Notice kind="error">
          A refund of this order did not go through.{' '}
          <a href={paths.adminPayments({ outcome: 'held' })}>Review it</a>
        </Notice>
      ) : null}
      <Requests {...props} />
      <Card title="Status at Razorpay">
        <p class="label-size">Checks whether this order was paid. A captured payment opens the course.</p>
        <form method="post" action={paths.adminOrderCheck(order.id)}>
          <Button>Ask Razorpay now</Button>
        </form>
      </Card>
      {order.state === 'paid' ? (
        <Card title="Receipt">
          <p class="label-size">Emails the receipt to the buyer again.</p>
          <form method="post" action={paths.adminOrderReceipt(order.id)}>
            <Button>Send the receipt again</Button>
          </form>
        </Card>
      ) : null}
      <Refund {...props} />
      <Access {...props} />
    </div>
  )
}

function Requests(props: OrderProps) {
  const { order, requests } = props.record
  const asked = requests.filter(({ state }) => state === 'asked')
  return asked.map(({ id, amountPaise, requestedBy, reason }) => (
    <Card title={`Refund of ${rupees(amountPaise)} requested`} danger>
      <p>
        {requestedBy}: {reason}
      </p>
      <VerbForm
        {...props}
        id={`asked-${id}`}
        action={paths.adminRefundApprove(order.id, id)}
        button="Refund"
        kind="danger"
        confirm={`${requestedBy} gets ${rupees(amountPaise)} back.`}
        other={{ action: paths.adminRefundDecline(order.id, id), button: 'Decline' }}
        target="verbs"
        reasonHint="Kept in the record. If you decline, the buyer reads it by email and on the purchase’s page."
      />
    </Card>
  ))
}

function Refund(props: OrderProps) {
  const { record, problem, formKey, confirmation } = props
  const { order, refundablePaise } = record
  const action = paths.adminOrderRefund(order.id)
  if (refundablePaise === 0 && problem?.action !== action) return null
  return (
    <Card title="Refund">
      <OrderRefundForm
        {...{ action, formKey, confirmation, problem }}
        buyer={record.buyer.name}
        mostPaise={refundablePaise}
        target="verbs"
      />
    </Card>
  )
}

function Access(props: OrderProps) {
  const { order, hasAccess, buyer } = props.record
  const grant = paths.adminOrderGrant(order.id)
  const revoke = paths.adminOrderRevoke(order.id)
  if (hasAccess || props.problem?.action === revoke)
    return (
      <Card title="Take the course back" danger>
        <VerbForm
          {...props}
          id="revoke"
          action={revoke}
          button="Take back"
          kind="danger"
          confirm={`${buyer.name} loses access to the course. This does not refund any money.`}
          target="verbs"
          reasonHint="The payment does not change. The reason is kept in the record."
        />
      </Card>
    )
  return (
    <Card title="Give the course">
      <VerbForm
        {...props}
        id="grant"
        action={grant}
        button="Give the course"
        target="verbs"
        reasonHint="Nothing is charged. The reason is kept in the record."
      />
    </Card>
  )
}
