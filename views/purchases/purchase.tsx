import type { PurchaseStatus } from '../../src/models/purchases/purchase'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { type Step, StepList } from '../parts/progress'
import { When } from '../parts/text'

type Props = { status: PurchaseStatus; timeZone: string; canPay: boolean }

/** Where one payment stands, and the one next step. */
export function PurchasePage(props: Props) {
  const { course, order } = props.status
  return (
    <div class="wrap medium">
      <PageHeader title={course.title} eyebrow={<a href={paths.purchases()}>My purchases</a>} />
      <div class="stack">
        <PurchaseState {...props} />
        <dl class="details-list">
          <dt>Ordered</dt>
          <dd>
            <When date={order.createdAt} timeZone={props.timeZone} time />
          </dd>
          <dt>Amount</dt>
          <dd class="price">{rupees(order.amountPaise)}</dd>
          <Reference label="Order" value={order.razorpayOrderId} />
          <Reference label="Payment" value={order.paymentId} />
        </dl>
      </div>
    </div>
  )
}

function Reference({ label, value }: { label: string; value: string | null }) {
  if (!value) return null
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  )
}

/** The part that asks again by itself while the bank has not spoken. */
export function PurchaseState(props: Props) {
  const { order } = props.status
  const waits = order.state === 'open'
  const poll = waits
    ? { 'hx-get': paths.purchase(order.id), 'hx-trigger': 'every 3s', 'hx-swap': 'outerHTML' }
    : {}
  return (
    <div id="purchase-state" class="stack" {...poll}>
      <Card>
        <p role="status">
          <strong>{headline(props.status)}</strong>
        </p>
        <StepList steps={steps(props.status)} />
        <NextStep {...props} />
      </Card>
    </div>
  )
}

function headline({ order, hasAccess, refunds }: PurchaseStatus): string {
  if (order.state === 'open')
    return order.lastError ? 'The payment did not go through' : 'No word from the bank yet'
  if (order.state === 'abandoned') return 'This order was never paid'
  if (order.state === 'duplicate') return 'You owned this course already, so the money goes back'
  if (hasAccess) return 'You are in'
  return refunds.length > 0 ? 'This purchase was refunded' : 'The bank has it'
}

function steps({ order, hasAccess, refunds }: PurchaseStatus): Step[] {
  const isPaid = order.paymentId !== null
  const bank: Step = isPaid
    ? { title: 'The bank has taken the payment', text: rupees(order.amountPaise), state: 'done' }
    : order.state === 'abandoned' || order.lastError
      ? { title: 'The bank has not taken a payment', text: order.lastError ?? undefined, state: 'failed' }
      : { title: 'Waiting for the bank', text: 'This page looks again by itself.', state: 'current' }
  if (order.state === 'duplicate') {
    const back = refunds.find((refund) => refund.state !== 'failed')
    return [
      bank,
      { title: 'The refund is ordered', text: back?.id, state: back ? 'done' : 'current' },
      {
        title: 'The money is back',
        text: 'Banks take five to seven working days.',
        state: back?.state === 'processed' ? 'done' : 'waiting',
      },
    ]
  }
  if (isPaid && !hasAccess && refunds.length > 0) {
    return [bank, { title: 'Refunded', text: 'Access to the course has ended.', state: 'done' }]
  }
  return [
    bank,
    { title: 'We have it', state: isPaid ? 'done' : 'waiting' },
    { title: 'You are in', state: hasAccess && isPaid ? 'done' : 'waiting' },
  ]
}

function NextStep({ status, canPay }: Props) {
  const { order, course, hasAccess } = status
  if (hasAccess) {
    return (
      <ButtonLink kind="primary" large href={paths.learn(course.slug)}>
        Continue learning
      </ButtonLink>
    )
  }
  if (order.state !== 'open') return <ButtonLink href={paths.course(course.slug)}>See the course</ButtonLink>
  return (
    <>
      {order.lastError ? (
        <Notice kind="info">
          Nothing was charged. If money left your account all the same, it comes back by itself.
        </Notice>
      ) : (
        <p class="soft">
          If you paid, this is done within a minute; you may close the page. If you did not, nothing is
          charged.
        </p>
      )}
      <div class="cluster">
        <form method="post" action={paths.buy(course.slug)}>
          <Button kind={canPay ? 'primary' : 'secondary'}>{order.lastError ? 'Try again' : 'Pay now'}</Button>
        </form>
        <form method="post" action={paths.purchaseRecovery()}>
          <input type="hidden" name="reference" value={order.id} />
          <Button>I have paid: ask the bank</Button>
        </form>
      </div>
    </>
  )
}
