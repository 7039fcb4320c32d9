import type { Papers } from '../../src/models/purchases/paper'
import { paths } from '../../src/paths'
import { amountIn, count, rupees } from '../../src/rules/format'
import {
  buyerLines,
  buyersFeePaise,
  methodName,
  type Paper,
  paperDate,
  paperLines,
  paperTitle,
  placeOfSupply,
  sellerLines,
} from '../../src/rules/purchases/paper'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'

export interface PapersProps {
  papers: Papers
  order: { id: string; vendorOrderId: string | null }
}

export function PapersPage({ papers, order }: PapersProps) {
  const { paper, notes } = papers
  return (
    <div class="wrap medium">
      <Breadcrumbs
        items={[
          { href: paths.purchases(), label: 'My purchases' },
          { href: paths.purchase(order.id), label: 'This purchase' },
        ]}
      />
      <PageHeader title={paperTitle(paper)} lead={`Number ${paper.number}`} />
      <div class="stack">
        <p class="soft no-print">Print this page, or save it as a PDF, with your browser.</p>
        <Sheet paper={paper}>
          <Payment papers={papers} order={order} />
        </Sheet>
        {notes.map((note) => (
          <Sheet paper={note} against={paper}>
            <dt>Refund</dt>
            <dd>
              <code>{note.refundId}</code>
              {note.kind === 'debit-note' ? ', which failed: this cancels its credit note' : ''}
            </dd>
          </Sheet>
        ))}
      </div>
    </div>
  )
}

function Sheet({ paper, against, children }: { paper: Paper; against?: Paper; children: unknown }) {
  const place = placeOfSupply(paper)
  return (
    <section class="card paper" aria-label={`${paperTitle(paper)} ${paper.number}`}>
      {against ? <h2>{paperTitle(paper)}</h2> : null}
      <div class="paper-parties">
        <Party title="Seller" lines={sellerLines(paper)} />
        <Party title="Buyer" lines={buyerLines(paper)} />
      </div>
      <dl class="details-list">
        <dt>Number</dt>
        <dd>{paper.number}</dd>
        <dt>Date</dt>
        <dd>{paperDate(paper.issuedAt)}</dd>
        {against ? (
          <>
            <dt>Against</dt>
            <dd>
              {paperTitle(against)} {against.number} of {paperDate(against.issuedAt)}
            </dd>
          </>
        ) : null}
        {place ? (
          <>
            <dt>Place of supply</dt>
            <dd>{place}</dd>
          </>
        ) : null}
        {children}
      </dl>
      <dl class="paper-lines">
        <div>
          <dt>
            {paper.details.text}
            {paper.details.sac ? <span class="small soft"> SAC {paper.details.sac}</span> : null}
          </dt>
          <dd>1 course</dd>
        </div>
        {paperLines(paper).map(([label, amount]) => (
          <div>
            <dt>{label === 'Total' ? totals[paper.kind] : label}</dt>
            <dd class="price">{amount}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const totals = {
  ...{ receipt: 'Total', invoice: 'Total' },
  ...{ 'credit-note': 'Total credited', 'debit-note': 'Total debited' },
}

function Party({ title, lines: [name, ...more] }: { title: string; lines: string[] }) {
  return (
    <div>
      <h2 class="label-size soft">{title}</h2>
      <p>
        <strong>{name}</strong>
        {more.map((line) => (
          <>
            <br />
            {line}
          </>
        ))}
      </p>
    </div>
  )
}

function Payment({ papers: { paper, paidBy }, order }: PapersProps) {
  const fee = buyersFeePaise(paper, paidBy)
  return (
    <>
      {paidBy ? (
        <>
          <dt>Paid</dt>
          <dd>
            {amountIn(paidBy)} on {paperDate(paidBy.paidAt)}
            {paidBy.method ? `, ${methodName(paidBy.method)}` : ''}
            {fee > 0
              ? `, of which ${rupees(fee)} is the payment service’s own fee, not part of this price`
              : ''}
          </dd>
        </>
      ) : null}
      <dt>Payment</dt>
      <dd>
        <code>{paper.paymentId}</code>
      </dd>
      <dt>Order</dt>
      <dd>
        <code>{order.vendorOrderId ?? order.id}</code>
      </dd>
    </>
  )
}

/** Leads to the papers from the page of the purchase. */
export function PapersLink({ orderId, papers: { paper, notes } }: { orderId: string; papers: Papers }) {
  return (
    <Card title="Receipt" id="papers">
      <p>
        <a href={paths.purchasePapers(orderId)}>
          {paperTitle(paper)} {paper.number}
        </a>
        {notes.length > 0 ? ` with ${count(notes.length, 'note')} for refunds` : ''}
      </p>
    </Card>
  )
}
