import type { Confirmation } from '../../src/models/account/confirmation'
import type { Sale, SaleList } from '../../src/models/teach/sales'
import { paths } from '../../src/paths'
import { amountIn, count, rupees } from '../../src/rules/format'
import { Card, EmptyState } from '../parts/card'
import { Notice } from '../parts/notice'
import { OrderRefundForm } from '../parts/order-refund-form'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import type { VerbProblem } from '../parts/verb-form'

export function SalesPage({ sales, timeZone }: { sales: SaleList; timeZone: string }) {
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.earnings(), label: 'Earnings' }]} />
      <PageHeader title="Sales" lead="Paid orders for your courses, newest first." />
      {sales.list.length === 0 ? (
        <EmptyState title="No sales yet" text="Paid orders for your courses appear here." icon="teach" />
      ) : (
        <div class="stack">
          <p role="status" class="soft">
            {sales.more
              ? `Showing the newest ${count(sales.list.length, 'sale')}.`
              : count(sales.list.length, 'sale')}
          </p>
          <Table
            caption="Sales, newest first"
            hideCaption
            columns={[
              { label: 'Paid' },
              { label: 'Buyer' },
              { label: 'Course' },
              { label: 'Amount', align: 'end' },
            ]}
            rows={sales.list.map(({ id, paidAt, buyer, course, amountPaise, outcome, isAsked }) => ({
              cells: [
                <a href={paths.sale(id)}>{paidAt ? <When date={paidAt} timeZone={timeZone} time /> : id}</a>,
                buyer,
                <span class="break">{course}</span>,
                <span class="price">
                  {rupees(amountPaise)}
                  {outcome === 'returned' ? ' (refunded)' : ''}
                  {isAsked ? (
                    <>
                      {' '}
                      <Badge kind="danger">Refund requested</Badge>
                    </>
                  ) : null}
                </span>,
              ],
            }))}
          />
        </div>
      )}
    </div>
  )
}

export interface SaleProps {
  sale: Sale
  formKey: string
  confirmation: Confirmation
  problem?: VerbProblem
  timeZone: string
}

export function SalePage(props: SaleProps) {
  const { sale, timeZone } = props
  const { order, buyer, course, payment, refunds } = sale
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.sales(), label: 'Sales' }]} />
      <PageHeader title={`${rupees(order.amountPaise)}, ${buyer.name}`} lead={course.title} />
      <div class="stack">
        <dl class="details-list">
          <dt>Paid</dt>
          <dd>
            {payment ? `${amountIn(payment)}, ` : ''}
            {order.paidAt ? <When date={order.paidAt} timeZone={timeZone} time /> : 'No'}
          </dd>
          <dt>Order</dt>
          <dd class="break">
            <code>{order.id}</code>
          </dd>
          {refunds.map(({ amountPaise, state, createdAt }) => (
            <>
              <dt>Refund</dt>
              <dd>
                {rupees(amountPaise)}, {states[state]}, <When date={createdAt} timeZone={timeZone} time />
              </dd>
            </>
          ))}
        </dl>
        {sale.requests
          .filter(({ state }) => state === 'asked')
          .map(({ amountPaise, reason }) => (
            <Notice kind="error" title={`${buyer.name} asks for ${rupees(amountPaise)} back`}>
              {reason} Refund all or part of it below. Only an administrator can decline.
            </Notice>
          ))}
        <SaleRefund {...props} />
      </div>
    </div>
  )
}

const states = { pending: 'on its way', processed: 'refunded', failed: 'failed' }

export function SaleRefund({ sale, formKey, confirmation, problem }: SaleProps) {
  const { order, buyer, leftPaise } = sale
  return (
    <Card title="Refund" id="sale-refund">
      {leftPaise === 0 && !problem ? (
        <p>There is nothing left to refund.</p>
      ) : (
        <OrderRefundForm
          {...{ formKey, confirmation, problem }}
          action={paths.saleRefund(order.id)}
          buyer={buyer.name}
          mostPaise={leftPaise}
          target="sale-refund"
        />
      )}
    </Card>
  )
}
