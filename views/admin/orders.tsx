import type { FoundOrders } from '../../src/models/admin/order-search'
import { paths } from '../../src/paths'
import { type OrderQuery, orderStates } from '../../src/rules/admin/order-query'
import { count, rupees } from '../../src/rules/format'
import { EmptyState } from '../parts/card'
import { Notice } from '../parts/notice'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { AdminHeader } from './header'
import { OrderBadge } from './order-badges'
import { SearchForm } from './search-form'

interface Props {
  found: FoundOrders
  query: OrderQuery
  timeZone: string
}

export function OrdersPage({ found, query, timeZone }: Props) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Orders"
        lead="Every order, and what happened to its payment."
        at={paths.adminOrders()}
      />
      <div class="stack">
        <SearchForm
          action={paths.adminOrders()}
          name="Search orders"
          words={{
            label: 'Number, phone, name or email',
            hint: 'An order, payment, refund, dispute or invoice number, or any part of a name or email.',
            value: query.q,
          }}
          choice={{
            label: 'State',
            name: 'state',
            value: query.state,
            placeholder: 'All',
            options: Object.entries(orderStates).map(([value, label]) => ({ value, label })),
          }}
        />
        {found.stray.map((id) => (
          <Notice kind="info">
            {`Payment ${id} belongs to no order. `}
            <a href={paths.adminPayments({ outcome: 'held' })}>See payments on hold</a>
          </Notice>
        ))}
        <p role="status" class="soft">
          {found.more
            ? `Showing the newest ${count(found.list.length, 'order')}. Type more to narrow the list.`
            : count(found.list.length, 'order')}
        </p>
        <List found={found} timeZone={timeZone} />
      </div>
    </div>
  )
}

function List({ found, timeZone }: Pick<Props, 'found' | 'timeZone'>) {
  if (found.list.length === 0)
    return (
      <EmptyState
        title="No order found"
        text="Nothing matches. Type less, or choose another state."
        icon="search"
      />
    )
  return (
    <Table
      caption="Orders, newest first"
      hideCaption
      columns={[
        { label: 'Ordered' },
        { label: 'Buyer' },
        { label: 'Course' },
        { label: 'Amount', align: 'end' },
        { label: 'State' },
      ]}
      rows={found.list.map((order) => ({
        cells: [
          <a href={paths.adminOrder(order.id)}>
            <When date={order.createdAt} timeZone={timeZone} time />
          </a>,
          <>
            {order.buyer.name}
            <br />
            <span class="soft break">{order.buyer.email}</span>
          </>,
          <span class="break">{order.course.title}</span>,
          <span class="price">{rupees(order.amountPaise)}</span>,
          <OrderBadge {...order} />,
        ],
      }))}
    />
  )
}
