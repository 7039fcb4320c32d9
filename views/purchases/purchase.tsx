import type { Child } from 'hono/jsx'
import type { PurchaseStatus } from '../../src/models/purchases/purchase-history'
import { paths } from '../../src/paths'
import type { CheckoutForm } from '../../src/ports/payments/payments'
import { rupees } from '../../src/rules/format'
import type { RefundTerms } from '../../src/rules/purchases/refund-rule'
import type { Standing } from '../../src/rules/purchases/standing'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { CourseImage } from '../parts/course-image'
import { PageHeader } from '../parts/page-header'
import { StepList } from '../parts/progress'
import { When } from '../parts/text'
import { MoneyCard } from './money'
import { PayForm, PaymentWindow } from './pay-form'
import { PurchaseState, type StateProps } from './purchase-state'
import { whatHappensNext } from './purchase-words'
import { RefundCard } from './refund'

export interface PurchaseProps {
  status: PurchaseStatus
  state: StateProps
  /** Null when there is nothing to pay here now. */
  payForm: CheckoutForm | null
  opensWindow: boolean
  /** Of the payment window, while the order may still be paid. */
  scriptUrl: string | null
  imageUrl: string | null
  timeZone: string
  /** Asked before paying; alone while a tax invoice still lacks its state. */
  billing?: Child
  /** What was issued for this order. */
  papers?: Child
  terms: RefundTerms
}

export function PurchasePage(props: PurchaseProps) {
  const { status, scriptUrl } = props
  return (
    <div class="wrap">
      <PageHeader title={status.course.title} eyebrow={<a href={paths.purchases()}>My purchases</a>} />
      <Purchase {...props} />
      {scriptUrl ? <PaymentWindow scriptUrl={scriptUrl} /> : null}
    </div>
  )
}

/** Swapped as a whole when what can be done here has changed. */
export function Purchase(props: PurchaseProps) {
  const { status, state, payForm, timeZone } = props
  return (
    <div id="purchase" class="checkout">
      <div class="stack">
        <PurchaseState {...state} />
        {props.billing}
        {payForm ? (
          <PayForm amountPaise={status.order.amountPaise} form={payForm} opensWindow={props.opensWindow} />
        ) : props.billing ? null : (
          <NextStep status={status} standing={state.standing} />
        )}
        {payForm || props.billing ? (
          <Card title="What happens next">
            <StepList steps={whatHappensNext} />
          </Card>
        ) : null}
        <MoneyCard order={status.order} money={status} timeZone={timeZone} />
        {props.papers}
        <RefundCard order={status.order} hasAccess={status.hasAccess} terms={props.terms} />
      </div>
      <OrderCard {...props} />
    </div>
  )
}

function NextStep({ status, standing }: { status: PurchaseStatus; standing: Standing }) {
  const { course, hasAccess } = status
  if (hasAccess)
    return (
      <ButtonLink kind="primary" large id="purchase-next" href={paths.learn(course.slug)}>
        Continue learning
      </ButtonLink>
    )
  if (standing === 'not-opened' || (standing === 'expired' && course.isOnSale))
    return (
      <form method="post" action={paths.buy(course.slug)}>
        <Button kind="primary" large id="purchase-next">
          {standing === 'expired' ? 'Buy course' : 'Try again'}
        </Button>
      </form>
    )
  if (!course.isOnSale) return <p class="soft">This course is not on sale right now.</p>
  return (
    <p>
      <a id="purchase-next" href={paths.course(course.slug)}>
        See the course
      </a>
    </p>
  )
}

function OrderCard({ status, imageUrl, timeZone }: PurchaseProps) {
  const { course, order } = status
  return (
    <Card>
      <CourseImage title={course.title} categoryName={null} imageUrl={imageUrl} eager />
      <p class="soft">
        <a href={paths.course(course.slug)}>{course.title}</a> by {course.instructor}
      </p>
      <dl class="details-list">
        <dt>You get</dt>
        <dd>The whole course, for as long as this site runs</dd>
        <dt>Amount</dt>
        <dd class="price">{rupees(order.amountPaise)}</dd>
        <dt>Ordered</dt>
        <dd>
          <When date={order.createdAt} timeZone={timeZone} time />
        </dd>
        <Reference label="Order" value={order.vendorOrderId} />
        <Reference label="Payment" value={order.paymentId} />
      </dl>
    </Card>
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
