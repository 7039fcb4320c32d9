import type { DisputeList } from '../../src/models/admin/disputes'
import { paths } from '../../src/paths'
import { timeLeft } from '../../src/rules/admin/dispute-clock'
import { amountIn, sentence } from '../../src/rules/format'
import { isOpenDispute } from '../../src/rules/purchases/dispute'
import { EmptyState } from '../parts/card'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import { AdminHeader } from './header'

interface Props {
  disputes: DisputeList
  now: Date
  timeZone: string
}

export function DisputesPage({ disputes, now, timeZone }: Props) {
  const { open, over } = disputes
  return (
    <div class="wrap">
      <AdminHeader
        title="Disputes"
        lead="Buyers whose banks are asking for the money back. Respond in the Razorpay dashboard, with the evidence from here."
        at={paths.adminDisputes()}
      />
      {open.length + over.length === 0 ? (
        <EmptyState
          title="No disputes"
          text="When a buyer’s bank asks for the money back, the dispute and its deadline appear here."
          icon="check-circle"
        />
      ) : (
        <div class="stack stack-large">
          <section class="stack stack-small">
            <h2>Needs a response</h2>
            {open.length === 0 ? (
              <p class="soft">None.</p>
            ) : (
              <List
                caption="Disputes that need a response, most urgent first"
                rows={open}
                {...{ now, timeZone }}
              />
            )}
          </section>
          {over.length > 0 ? (
            <section class="stack stack-small">
              <h2>Closed</h2>
              <List caption="Closed disputes, newest first" rows={over} {...{ now, timeZone }} />
            </section>
          ) : null}
        </div>
      )}
    </div>
  )
}

interface ListProps {
  caption: string
  rows: DisputeList['open']
  now: Date
  timeZone: string
}

function List({ caption, rows, now, timeZone }: ListProps) {
  return (
    <Table
      caption={caption}
      hideCaption
      columns={[
        { label: 'Dispute' },
        { label: 'Buyer' },
        { label: 'Course' },
        { label: 'Amount', align: 'end' },
        { label: 'Respond by' },
        { label: 'Status' },
      ]}
      rows={rows.map(({ dispute, buyer, course }) => ({
        cells: [
          <a href={paths.adminDispute(dispute.id)}>{dispute.id}</a>,
          buyer?.name ?? 'Unknown',
          <span class="break">{course?.title ?? 'Unknown'}</span>,
          <span class="price">{amountIn(dispute)}</span>,
          <Clock {...{ dispute, now, timeZone }} />,
          <DisputeStatus status={dispute.status} />,
        ],
      }))}
    />
  )
}

export function DisputeStatus({ status }: { status: string }) {
  const kind = status === 'won' ? 'success' : status === 'lost' ? 'danger' : undefined
  return <Badge kind={kind}>{sentence(status)}</Badge>
}

interface ClockProps {
  dispute: { respondBy: Date | null; status: string }
  now: Date
  timeZone: string
}

export function Clock({ dispute, now, timeZone }: ClockProps) {
  const { respondBy, status } = dispute
  if (!respondBy) return <span class="soft">No deadline</span>
  return (
    <span class="cluster">
      <When date={respondBy} timeZone={timeZone} time />
      {isOpenDispute(status) ? <Badge kind="danger">{timeLeft(respondBy, now)}</Badge> : null}
    </span>
  )
}
