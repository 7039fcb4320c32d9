import type { PurchaseStatus } from '../../src/models/purchases/purchase-history'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { type Step, StepList } from '../parts/progress'
import { When } from '../parts/text'

type Props = { status: PurchaseStatus; timeZone: string; canPay: boolean }

/** How far one payment is, and the one next step. */
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
          <Reference label="Order" value={order.vendorOrderId} />
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

/** The part that looks again by itself while the order is open. */
export function PurchaseState(props: Props) {
  const { order } = props.status
  const poll =
    order.state === 'open'
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
    return order.lastError ? 'The payment did not go through' : 'Waiting for your payment'
  if (order.state === 'abandoned') return 'This order was not paid'
  if (order.state === 'duplicate') return 'You already own this course, so you get this payment back'
  if (hasAccess) return 'You are in'
  return refunds.length > 0 ? 'This purchase was refunded' : 'Payment received'
}

function steps({ order, hasAccess, refunds }: PurchaseStatus): Step[] {
  const isPaid = order.paymentId !== null
  const payment: Step = isPaid
    ? { title: 'Payment received', text: rupees(order.amountPaise), state: 'done' }
    : order.state === 'abandoned' || order.lastError
      ? {
          title: order.lastError ? 'Payment failed' : 'Not paid',
          text: order.lastError ?? undefined,
          state: 'failed',
        }
      : { title: 'Waiting for your payment', text: 'This page updates by itself.', state: 'current' }
  if (order.state === 'duplicate') {
    const refund = refunds.find(({ state }) => state !== 'failed')
    return [
      payment,
      { title: 'Refund started', text: refund?.id, state: refund ? 'done' : 'current' },
      {
        title: 'Refund completed',
        text: 'Your bank usually takes five to seven working days to show it.',
        state: refund?.state === 'processed' ? 'done' : 'waiting',
      },
    ]
  }
  if (isPaid && !hasAccess && refunds.length > 0) {
    return [payment, { title: 'Refunded', text: 'Your access to the course has ended.', state: 'done' }]
  }
  return [
    { title: 'Order placed', state: 'done' },
    payment,
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
          You have not paid for this course. If money has left your account, it is returned automatically.
        </Notice>
      ) : (
        <p class="soft">
          If you have paid, your course usually opens within a minute, and you can close this page. If you
          have not, nothing is charged.
        </p>
      )}
      <div class="cluster">
        <form method="post" action={paths.buy(course.slug)}>
          <Button kind={canPay ? 'primary' : 'secondary'}>{order.lastError ? 'Try again' : 'Pay now'}</Button>
        </form>
        <form method="post" action={paths.purchaseRecovery()}>
          <input type="hidden" name="reference" value={order.id} />
          <Button>I have paid: check now</Button>
        </form>
      </div>
    </>
  )
}
