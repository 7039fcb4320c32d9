import type { PurchaseStatus } from '../../src/models/purchases/purchase-history'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { StepList } from '../parts/progress'
import { When } from '../parts/text'
import { headline, steps } from './purchase-steps'

type Props = { status: PurchaseStatus; timeZone: string; canPay: boolean }

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
          If money has left your account, the payment may still go through; otherwise it is returned to you
          automatically.
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
