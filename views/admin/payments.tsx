import type { Confirmation } from '../../src/models/account/confirmation'
import type { PaymentList } from '../../src/models/admin/payments'
import type { RefusedRefunds } from '../../src/models/purchases/refused-refund'
import { paths } from '../../src/paths'
import { amountIn, count } from '../../src/rules/format'
import { Card, EmptyState } from '../parts/card'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { VerbForm, type VerbProblem } from '../parts/verb-form'
import { AdminHeader } from './header'
import { OutcomeBadge, outcomeNames } from './order-badges'
import { RefusedRefund } from './refused-refund'

interface Props {
  found: PaymentList
  refused: RefusedRefunds
  outcome?: string
  confirmation: Confirmation
  problem?: VerbProblem
  timeZone: string
}
type Row = PaymentList['list'][number]

export function PaymentsPage(props: Props) {
  const { found, outcome } = props
  return (
    <div class="wrap">
      <AdminHeader
        title="Payments"
        lead="Every payment that Razorpay has reported, and its outcome."
        at={paths.adminPayments()}
      />
      <nav class="tabs" aria-label="Outcome">
        <a href={paths.adminPayments()} aria-current={outcome ? undefined : 'page'}>
          All
        </a>
        {Object.entries(outcomeNames).map(([value, label]) => (
          <a
            href={paths.adminPayments({ outcome: value })}
            aria-current={value === outcome ? 'page' : undefined}
          >
            {label} ({found.counts[value] ?? 0})
          </a>
        ))}
      </nav>
      <Payments {...props} />
    </div>
  )
}

export function Payments(props: Props) {
  const { found, refused, outcome, timeZone } = props
  const { list, more } = found
  if (list.length === 0 && refused.length === 0)
    return (
      <EmptyState
        title={outcome === 'held' ? 'No payments on hold' : 'No payments'}
        text={
          outcome === 'held'
            ? 'Every captured payment has been settled.'
            : 'There are no payments with this outcome.'
        }
        icon="check-circle"
      />
    )
  const held = list.filter(({ payment }) => payment.outcome === 'held')
  const rest = list.filter(({ payment }) => payment.outcome !== 'held')
  return (
    <div class="stack" id="payments">
      <p role="status" class="soft">
        {more ? `Showing the newest ${count(list.length, 'payment')}.` : count(list.length, 'payment')}
        {refused.length > 0 ? `, ${count(refused.length, 'refund')} that did not go through` : ''}
      </p>
      {refused.map((row) => (
        <RefusedRefund {...props} row={row} />
      ))}
      {held.map((row) => (
        <Held {...props} row={row} />
      ))}
      {rest.length > 0 ? <List rows={rest} timeZone={timeZone} /> : null}
    </div>
  )
}

function Held({ row, timeZone, ...props }: Props & { row: Row }) {
  const { payment, order, buyer, course } = row
  return (
    <Card title={`${amountIn(payment)} on hold`} id={payment.id} danger>
      <p>{payment.heldReason}</p>
      <dl class="details-list">
        <dt>Paid</dt>
        <dd>
          <When date={payment.paidAt} timeZone={timeZone} time />
        </dd>
        <dt>By</dt>
        <dd>{buyer?.id ? <a href={paths.person(buyer.id)}>{buyer.name}</a> : 'Unknown'}</dd>
        <dt>For</dt>
        <dd>{course?.title ?? 'Unknown'}</dd>
        <dt>Order</dt>
        <dd class="break">
          {order?.id ? (
            <a href={paths.adminOrder(order.id)}>{order.id}</a>
          ) : (
            (payment.vendorOrderId ?? 'None')
          )}
        </dd>
        <dt>Payment</dt>
        <dd class="break">
          <code>{payment.id}</code>
        </dd>
      </dl>
      <p class="measure">
        Give the course if the payment is good enough as it is. Otherwise send it back: the whole payment is
        then refunded.
      </p>
      <VerbForm
        {...props}
        target="payments"
        id={`held-${payment.id}`}
        action={paths.adminPaymentAccept(payment.id)}
        button="Give the course"
        kind="primary"
        other={{
          action: paths.adminPaymentReturn(payment.id),
          button: 'Send it back',
          kind: 'danger',
          confirm: `${amountIn(payment)} is refunded to whoever paid it.`,
        }}
        reasonHint="Why you decide this way. Kept on the audit page."
      />
    </Card>
  )
}

function List({ rows, timeZone }: { rows: Row[]; timeZone: string }) {
  return (
    <Table
      caption="Payments, newest first"
      hideCaption
      columns={[
        { label: 'Paid' },
        { label: 'Payment' },
        { label: 'Buyer' },
        { label: 'Course' },
        { label: 'Amount', align: 'end' },
        { label: 'Outcome' },
      ]}
      rows={rows.map(({ payment, order, buyer, course }) => ({
        cells: [
          <When date={payment.paidAt} timeZone={timeZone} time />,
          order?.id ? (
            <a class="nowrap" href={paths.adminOrder(order.id)}>
              {payment.id}
            </a>
          ) : (
            <code class="break">{payment.id}</code>
          ),
          buyer?.name ?? 'Unknown',
          <span class="break">{course?.title ?? 'Unknown'}</span>,
          <span class="price">{amountIn(payment)}</span>,
          <OutcomeBadge outcome={payment.outcome} status={payment.vendorStatus} />,
        ],
      }))}
    />
  )
}
