import type { OrderRecord } from '../../src/models/admin/order-record'
import { paths } from '../../src/paths'
import { orderStory } from '../../src/rules/admin/order-story'
import { rupees } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { When } from '../parts/text'
import { OrderBadge } from './order-badges'
import { type OrderProps, OrderVerbs } from './order-verbs'

export function OrderPage(props: OrderProps) {
  const { record, known, timeZone } = props
  const { buyer, course } = record
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.adminOrders(), label: 'Orders' }]} />
      <PageHeader
        title={`${rupees(record.order.amountPaise)}, ${buyer.name}`}
        lead={<a href={paths.course(course.slug)}>{course.title}</a>}
      />
      <div class="split">
        <div class="stack">
          {known ? <p class="strong">{known}</p> : null}
          <Facts record={record} />
          <Card title="What happened" id="story">
            <ol class="story">
              {orderStory(record).map(({ at, text, mood }) => (
                <li data-mood={mood}>
                  <span class="story-time">
                    <When date={at} timeZone={timeZone} time />
                  </span>
                  <span>{text}</span>
                </li>
              ))}
            </ol>
          </Card>
        </div>
        <OrderVerbs {...props} />
      </div>
    </div>
  )
}

function Facts({ record }: { record: OrderRecord }) {
  const { order, buyer, payments, hasAccess } = record
  const outcome = payments.find(({ id }) => id === order.paymentId)?.outcome
  return (
    <dl class="details-list">
      <dt>State</dt>
      <dd>
        <OrderBadge
          {...order}
          outcome={outcome ?? payments.find((one) => one.outcome !== null)?.outcome ?? null}
        />
      </dd>
      <dt>Course</dt>
      <dd>{hasAccess ? 'The buyer has access' : 'The buyer has no access'}</dd>
      <dt>Buyer</dt>
      <dd class="break">
        <a href={paths.person(buyer.id)}>{buyer.name}</a>, {buyer.email}
        {buyer.phoneNumber ? `, ${buyer.phoneNumber}` : ''}
      </dd>
      <dt>Order</dt>
      <dd class="break">
        <code>{order.id}</code>
      </dd>
      <dt>At Razorpay</dt>
      <dd class="break">
        <code>{order.vendorOrderId ?? 'Not opened yet'}</code>
      </dd>
      {payments.map(({ id }) => (
        <>
          <dt>Payment</dt>
          <dd class="break">
            <code>{id}</code>
          </dd>
        </>
      ))}
    </dl>
  )
}
