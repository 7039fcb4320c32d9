import type { Child } from 'hono/jsx'
import type { Overview } from '../../src/models/admin/overview'
import { paths } from '../../src/paths'
import { openOrderLine } from '../../src/rules/admin/open-order'
import { sourceName } from '../../src/rules/admin/webhook-query'
import { age, capital, count, rupees } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Table, type TableProps } from '../parts/table'
import { When } from '../parts/text'
import { CountsBySource } from './webhooks'

interface ListProps extends Omit<TableProps, 'caption' | 'hideCaption'> {
  id: string
  title: string
  order: string
  empty: string
  note?: Child
}

function List({ id, title, order, empty, note, columns, rows }: ListProps) {
  return (
    <section id={id} class="stack stack-small">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="soft">{empty}</p>
      ) : (
        <>
          {note ? <p class="soft">{note}</p> : null}
          <Table caption={`${title}, ${order}`} hideCaption columns={columns} rows={rows} />
        </>
      )}
    </section>
  )
}

const counted = (total: number, listed: number, what: string) =>
  total > listed ? `${count(total, what)}, showing the oldest ${listed}.` : `${count(total, what)}.`

interface Props extends Pick<Overview, 'orders' | 'webhooks' | 'webhookCounts'> {
  timeZone: string
  now: Date
}

export function OpenOrders({ orders, now, timeZone }: Pick<Props, 'orders' | 'now' | 'timeZone'>) {
  return (
    <List
      id="orders"
      title="Open orders"
      order="oldest first"
      empty="No open orders."
      note={counted(orders.count, orders.list.length, 'open order')}
      columns={[
        { label: 'Order' },
        { label: 'Buyer' },
        { label: 'Course' },
        { label: 'Amount', align: 'end' },
        { label: 'Age' },
        { label: 'Status' },
      ]}
      rows={orders.list.map((order) => ({
        cells: [
          <a class="nowrap" href={paths.adminOrder(order.id)}>
            {order.vendorOrderId ?? order.id}
          </a>,
          <a href={paths.person(order.buyer.id)}>{order.buyer.name}</a>,
          <a href={paths.course(order.course.slug)}>{order.course.title}</a>,
          <span class="price">{rupees(order.amountPaise)}</span>,
          <span class="nowrap">{age(order.createdAt, now)}</span>,
          <div class="stack stack-small">
            <span>{openOrderLine(order, timeZone)}</span>
            <form method="post" action={paths.adminOrderCheck(order.id)}>
              <Button aria-label={`Check now: the order of ${order.buyer.name}`}>Check now</Button>
            </form>
          </div>,
        ],
      }))}
    />
  )
}

export function Webhooks({
  webhooks,
  webhookCounts,
  timeZone,
}: Pick<Props, 'webhooks' | 'webhookCounts' | 'timeZone'>) {
  return (
    <div class="stack stack-small">
      <List
        id="webhooks"
        title="Latest webhooks about money"
        order="newest first"
        empty="None received yet."
        columns={[{ label: 'When' }, { label: 'From' }, { label: 'Type' }, { label: 'Outcome' }]}
        rows={webhooks.map((event) => ({
          cells: [
            <When date={event.receivedAt} timeZone={timeZone} time />,
            sourceName(event.source),
            <code>{event.type}</code>,
            capital(event.outcome || 'nothing to do'),
          ],
        }))}
      />
      <CountsBySource counts={webhookCounts} />
      <p>
        <a href={paths.adminWebhooks()}>All webhooks</a>
      </p>
    </div>
  )
}
