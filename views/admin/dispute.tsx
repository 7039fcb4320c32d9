import type { DisputeRecord, Evidence } from '../../src/models/admin/disputes'
import { paths } from '../../src/paths'
import { amountIn, count, duration, rupees } from '../../src/rules/format'
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
        lead={buyer?.name ? `${buyer.name}, ${buyer.email}` : 'The buyer is not known here.'}
      />
      <div class="stack">
        <dl class="details-list">
          <dt>Answer by</dt>
          <dd>
            <Clock {...{ dispute, now, timeZone }} />
          </dd>
          <dt>Status</dt>
          <dd>
            <DisputeStatus status={dispute.status} />
            {dispute.phase ? `, ${dispute.phase.replaceAll('_', ' ')}` : ''}
          </dd>
          <dt>Reason</dt>
          <dd>{dispute.reasonCode?.replaceAll('_', ' ') ?? 'None given'}</dd>
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
          Answer in Razorpay’s dashboard. What stands below is the evidence from here: print this page or save
          it as a PDF.
        </p>
        {evidence ? (
          <EvidenceCards {...{ record, evidence, promise, timeZone }} />
        ) : (
          <Card title="No evidence here">
            <p>The payment belongs to no order known here.</p>
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
          <dt>Page to pay shown</dt>
          <dd>{when(record.order?.shownAt, 'Not recorded')}</dd>
          <dt>Paid</dt>
          <dd>
            {record.payment ? `${amountIn(record.payment)}, ` : ''}
            {when(record.payment?.paidAt)}
          </dd>
          <dt>Course open since</dt>
          <dd>{when(purchase?.createdAt)}</dd>
          {purchase?.revokedAt ? (
            <>
              <dt>Closed</dt>
              <dd>{when(purchase.revokedAt)}</dd>
            </>
          ) : null}
          <dt>Receipt</dt>
          {papers.length === 0 ? <dd>None with a number</dd> : null}
          {papers.map(({ number, totalPaise, issuedAt }) => (
            <dd>
              {number} of {rupees(totalPaise)}, {when(issuedAt)}
              {isReceiptMailed ? `, mailed to ${record.buyer?.email}` : ', not mailed yet'}
            </dd>
          ))}
        </dl>
      </Card>
      <Card title="The account" id="account">
        <dl class="details-list">
          <dt>Made</dt>
          <dd>{when(account?.createdAt)}</dd>
          <dt>Email address verified</dt>
          <dd>{when(account?.emailVerifiedAt)}</dd>
          <dt>Phone</dt>
          <dd>{account?.phoneNumber ?? 'None'}</dd>
        </dl>
        <SignIns {...{ evidence, timeZone }} />
      </Card>
      <Card title="What was watched" id="watched">
        <Lessons {...{ evidence, timeZone }} />
      </Card>
      <Card title="Files that were fetched" id="fetched">
        <Fetched {...{ evidence, timeZone }} />
      </Card>
      <Card title="What the buyer was told about refunds" id="refunds">
        <p>{promise}</p>
        <p class="soft label-size">
          These words stand on the course’s page and on the page to pay, as they read today.
        </p>
      </Card>
    </>
  )
}

type Part = Pick<CardsProps, 'evidence' | 'timeZone'>

function SignIns({ evidence, timeZone }: Part) {
  if (evidence.signIns.length === 0) return <p class="soft">Signed in nowhere at present.</p>
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
      caption={`${count(evidence.files.length, 'file')} fetched`}
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
  if (begun.length === 0) return <p>None of {evidence.lessons.length} lessons was begun.</p>
  return (
    <Table
      caption={`${begun.length} of ${evidence.lessons.length} lessons begun`}
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
