import type { DisputeRecord, Evidence } from '../../src/models/admin/disputes'
import { paths } from '../../src/paths'
import { amountIn, count, duration, rupees, sentence } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { Clock, DisputeStatus } from './disputes'

interface Props {
  record: DisputeRecord
  evidence: Evidence
  /** What buyers read about refunds before they pay. */
  promise: string
  now: Date
  timeZone: string
}

export function DisputePage({ record, evidence, promise, now, timeZone }: Props) {
  const { dispute, order, buyer } = record
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.adminDisputes(), label: 'Disputes' }]} />
      <PageHeader
        title={`Dispute about ${amountIn(dispute)}`}
        lead={buyer?.name ? `${buyer.name}, ${buyer.email}` : 'The buyer is unknown.'}
      />
      <div class="stack">
        <dl class="details-list">
          <dt>Respond by</dt>
          <dd>
            <Clock {...{ dispute, now, timeZone }} />
          </dd>
          <dt>Status</dt>
          <dd class="cluster">
            <DisputeStatus status={dispute.status} />
            {dispute.phase ? sentence(dispute.phase) : null}
          </dd>
          <dt>Reason</dt>
          <dd>{dispute.reasonCode ? sentence(dispute.reasonCode) : 'None given'}</dd>
          <dt>Dispute</dt>
          <dd class="break">
            <code>{dispute.id}</code>
          </dd>
          <dt>Payment</dt>
          <dd class="break">
            <code>{dispute.paymentId}</code>
          </dd>
          {order ? (
            <>
              <dt>Order</dt>
              <dd class="break">
                <a href={paths.adminOrder(order.id)}>{order.id}</a>
              </dd>
            </>
          ) : null}
        </dl>
        <p class="soft no-print">
          Respond in the Razorpay dashboard. Below is the evidence from this site: print this page or save it
          as a PDF.
        </p>
        {evidence ? (
          <EvidenceCards {...{ record, evidence, promise, timeZone }} />
        ) : (
          <Card title="No evidence">
            <p>This site has no order for the payment.</p>
          </Card>
        )}
      </div>
    </div>
  )
}

type CardsProps = Pick<Props, 'record' | 'promise' | 'timeZone'> & { evidence: NonNullable<Evidence> }

function EvidenceCards({ record, evidence, promise, timeZone }: CardsProps) {
  const { account, purchase, papers, isReceiptMailed } = evidence
  const when = (date: Date | null | undefined, none = 'No') =>
    date ? <When date={date} timeZone={timeZone} time /> : none
  return (
    <>
      <Card title="The purchase" id="purchase">
        <dl class="details-list">
          <dt>Course</dt>
          <dd>{record.course?.title}</dd>
          <dt>Ordered</dt>
          <dd>{when(record.order?.createdAt)}</dd>
          <dt>Checkout opened</dt>
          <dd>{when(record.order?.shownAt, 'Not recorded')}</dd>
          <dt>Paid</dt>
          <dd>
            {record.payment ? `${amountIn(record.payment)}, ` : ''}
            {when(record.payment?.paidAt)}
          </dd>
          <dt>Access since</dt>
          <dd>{when(purchase?.createdAt)}</dd>
          {purchase?.revokedAt ? (
            <>
              <dt>Access ended</dt>
              <dd>{when(purchase.revokedAt)}</dd>
            </>
          ) : null}
          <dt>Receipt</dt>
          {papers.length === 0 ? <dd>None</dd> : null}
          {papers.map(({ number, totalPaise, issuedAt }) => (
            <dd>
              {number} of {rupees(totalPaise)}, {when(issuedAt)}
              {isReceiptMailed ? `, emailed to ${record.buyer?.email}` : ', not emailed yet'}
            </dd>
          ))}
        </dl>
      </Card>
      <Card title="The account" id="account">
        <dl class="details-list">
          <dt>Created</dt>
          <dd>{when(account?.createdAt)}</dd>
          <dt>Email verified</dt>
          <dd>{when(account?.emailVerifiedAt)}</dd>
          <dt>Phone</dt>
          <dd>{account?.phoneNumber ?? 'None'}</dd>
        </dl>
        <SignIns {...{ evidence, timeZone }} />
      </Card>
      <Card title="Lessons watched" id="watched">
        <Lessons {...{ evidence, timeZone }} />
      </Card>
      <Card title="Files downloaded" id="fetched">
        <Fetched {...{ evidence, timeZone }} />
      </Card>
      <Card title="The refund policy shown to the buyer" id="refunds">
        <p>{promise}</p>
        <p class="soft label-size">Shown on the course page and at checkout, in its current wording.</p>
      </Card>
    </>
  )
}

type Part = Pick<CardsProps, 'evidence' | 'timeZone'>

function SignIns({ evidence, timeZone }: Part) {
  if (evidence.signIns.length === 0) return <p class="soft">Not signed in anywhere at the moment.</p>
  return (
    <Table
      caption="Signed in"
      columns={[{ label: 'Browser' }, { label: 'Since' }, { label: 'Last seen' }]}
      rows={evidence.signIns.map(({ device, createdAt, lastSeenAt }) => ({
        cells: [
          <span class="break">{device}</span>,
          <When date={createdAt} timeZone={timeZone} time />,
          <When date={lastSeenAt} timeZone={timeZone} time />,
        ],
      }))}
    />
  )
}

function Fetched({ evidence, timeZone }: Part) {
  if (evidence.files.length === 0) return <p>None.</p>
  return (
    <Table
      caption={`${count(evidence.files.length, 'file')} downloaded`}
      columns={[{ label: 'File' }, { label: 'Times', align: 'end' }, { label: 'First' }, { label: 'Last' }]}
      rows={evidence.files.map(({ name, count: times, firstAt, lastAt }) => ({
        cells: [
          <span class="break">{name}</span>,
          times,
          <When date={firstAt} timeZone={timeZone} time />,
          <When date={lastAt} timeZone={timeZone} time />,
        ],
      }))}
    />
  )
}

function Lessons({ evidence, timeZone }: Part) {
  const begun = evidence.lessons.filter(({ firstAt }) => firstAt !== null)
  if (begun.length === 0) return <p>None of the {evidence.lessons.length} lessons was started.</p>
  return (
    <Table
      caption={`${begun.length} of ${evidence.lessons.length} lessons started`}
      columns={[{ label: 'Lesson' }, { label: 'Reached' }, { label: 'First' }, { label: 'Last' }]}
      rows={begun.map(({ title, isCompleted, positionSeconds, durationSeconds, firstAt, lastAt }) => ({
        cells: [
          title,
          isCompleted
            ? 'Completed'
            : `${duration(positionSeconds ?? 0)}${durationSeconds ? ` of ${duration(durationSeconds)}` : ''}`,
          firstAt ? <When date={firstAt} timeZone={timeZone} time /> : null,
          lastAt ? <When date={lastAt} timeZone={timeZone} time /> : null,
        ],
      }))}
    />
  )
}
