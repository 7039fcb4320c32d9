import type { JobQueue, OpenOrders as Orders, Overview } from '../../src/models/admin/overview'
import { paths } from '../../src/paths'
import { age, count, rupees } from '../../src/rules/format'
import { Table } from '../parts/table'
import { When } from '../parts/text'

/** Nothing while nothing fails. */
export function FailingJobs({ jobs, timeZone, now }: { jobs: JobQueue; timeZone: string; now: Date }) {
  if (jobs.list.length === 0) return null
  return (
    <section id="failing-jobs" class="stack stack-small">
      <h2>Failing jobs</h2>
      <Shown of={jobs.failing} listed={jobs.list.length} what="failing job" />
      <Table
        caption="Failing jobs"
        hideCaption
        columns={[
          { label: 'Job' },
          { label: 'Age' },
          { label: 'Tries' },
          { label: 'Next' },
          { label: 'Last error' },
        ]}
        rows={jobs.list.map((job) => ({
          cells: [
            <code>{job.kind}</code>,
            <span class="nowrap">{age(job.createdAt, now)}</span>,
            String(job.attempts),
            <When date={job.runAt} timeZone={timeZone} time />,
            job.lastError,
          ],
        }))}
      />
    </section>
  )
}

export function OpenOrders({ orders, now }: { orders: Orders; now: Date }) {
  return (
    <section id="orders" class="stack stack-small">
      <h2>Open orders</h2>
      {orders.list.length === 0 ? (
        <p class="soft">No payment is under way.</p>
      ) : (
        <>
          <Shown of={orders.count} listed={orders.list.length} what="open order" />
          <Table
            caption="Open orders, oldest first"
            hideCaption
            columns={[
              { label: 'Order' },
              { label: 'Buyer' },
              { label: 'Course' },
              { label: 'Amount', align: 'end' },
              { label: 'Age' },
              { label: 'Last payment error' },
            ]}
            rows={orders.list.map((order) => ({
              cells: [
                <code>{order.vendorOrderId ?? order.id}</code>,
                <a href={paths.person(order.buyer.id)}>{order.buyer.name}</a>,
                <a href={paths.course(order.course.slug)}>{order.course.title}</a>,
                <span class="price">{rupees(order.amountPaise)}</span>,
                <span class="nowrap">{age(order.createdAt, now)}</span>,
                order.lastError ?? (
                  <span class="soft">
                    {order.vendorOrderId ? 'Not paid yet' : 'Not yet open at the payment service'}
                  </span>
                ),
              ],
            }))}
          />
        </>
      )}
    </section>
  )
}

export function Webhooks({ webhooks, timeZone }: { webhooks: Overview['webhooks']; timeZone: string }) {
  return (
    <section id="webhooks" class="stack stack-small">
      <h2>Last webhooks</h2>
      {webhooks.length === 0 ? (
        <p class="soft">None has come yet.</p>
      ) : (
        <Table
          caption="Last webhooks, newest first"
          hideCaption
          columns={[{ label: 'When' }, { label: 'From' }, { label: 'Type' }, { label: 'What came of it' }]}
          rows={webhooks.map((event) => ({
            cells: [
              <When date={event.receivedAt} timeZone={timeZone} time />,
              event.source,
              <code>{event.type}</code>,
              event.outcome,
            ],
          }))}
        />
      )}
    </section>
  )
}

function Shown({ of, listed, what }: { of: number; listed: number; what: string }) {
  return (
    <p class="soft">
      {of > listed ? `${count(of, what)}; the oldest ${listed} are listed.` : `${count(of, what)}.`}
    </p>
  )
}
