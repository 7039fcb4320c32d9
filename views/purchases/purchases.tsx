import type { PurchaseLine } from '../../src/models/purchases/purchase'
import { paths } from '../../src/paths'
import { price } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card, EmptyState } from '../parts/card'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'

interface Props {
  lines: PurchaseLine[]
  timeZone: string
  recovery?: { reference: string; error?: string }
}

export function PurchasesPage({ lines, timeZone, recovery }: Props) {
  return (
    <div class="wrap medium">
      <PageHeader title="My purchases" lead="Every order and where it stands." />
      <div class="stack stack-large">
        {lines.length === 0 ? (
          <EmptyState
            title="Nothing bought yet"
            text="Courses that you buy or join are listed here."
            icon="receipt"
          >
            <ButtonLink kind="primary" href={paths.courses()}>
              Browse courses
            </ButtonLink>
          </EmptyState>
        ) : (
          <Table
            caption="Purchases"
            hideCaption
            columns={[
              { label: 'Course' },
              { label: 'Date' },
              { label: 'Amount', align: 'end' },
              { label: 'State' },
            ]}
            rows={lines.map((line) => ({
              cells: [
                <a href={line.orderId ? paths.purchase(line.orderId) : paths.course(line.slug)}>
                  {line.title}
                </a>,
                <When date={line.at} timeZone={timeZone} />,
                <span class="price">{price(line.amountPaise)}</span>,
                <State line={line} />,
              ],
            }))}
          />
        )}
        <RecoveryForm {...recovery} />
      </div>
    </div>
  )
}

function State({ line }: { line: PurchaseLine }) {
  if (line.revokedAt) return <Badge>Refunded</Badge>
  if (line.state === 'paid') return <Badge kind="success">{line.orderId ? 'Paid' : 'Joined'}</Badge>
  if (line.state === 'duplicate') return <Badge>Paid twice: going back</Badge>
  if (line.state === 'abandoned') return <Badge>Not paid</Badge>
  return <Badge>Waiting for the bank</Badge>
}

/** "I paid but have no access": asks the bank at once. */
export function RecoveryForm({ reference, error }: { reference?: string; error?: string }) {
  return (
    <Card title="Paid, but no access?" id="recovery">
      <p class="soft">
        Type the order or payment number from your bank's message or Razorpay's mail. We ask the bank at once.
      </p>
      <form method="post" action={paths.purchaseRecovery()} class="stack" novalidate>
        <Field
          label="Order or payment number"
          name="reference"
          value={reference}
          error={error}
          hint="It begins with order_ or pay_."
          autocomplete="off"
          required
        />
        <div>
          <Button>Ask the bank</Button>
        </div>
      </form>
    </Card>
  )
}
