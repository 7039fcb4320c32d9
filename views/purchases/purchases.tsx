import type { PurchaseRow } from '../../src/models/purchases/purchase-history'
import { paths } from '../../src/paths'
import { price } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card, EmptyState } from '../parts/card'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'

interface Props {
  purchases: PurchaseRow[]
  timeZone: string
  recovery?: { reference: string; error?: string }
}

export function PurchasesPage({ purchases, timeZone, recovery }: Props) {
  return (
    <div class="wrap medium">
      <PageHeader title="My purchases" lead="Your orders and courses." />
      <div class="stack stack-large">
        {purchases.length === 0 ? (
          <EmptyState title="Nothing bought yet" text="Courses you buy or join appear here." icon="receipt">
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
              { label: 'Status' },
            ]}
            rows={purchases.map((purchase) => ({
              cells: [
                <a href={purchase.orderId ? paths.purchase(purchase.orderId) : paths.course(purchase.slug)}>
                  {purchase.title}
                </a>,
                <When date={purchase.at} timeZone={timeZone} />,
                <span class="price">{price(purchase.amountPaise)}</span>,
                <State purchase={purchase} />,
              ],
            }))}
          />
        )}
        <RecoveryForm {...recovery} />
      </div>
    </div>
  )
}

type BadgeKind = 'accent' | 'success' | 'danger'
const badges: Record<PurchaseRow['standing'], [text: string, kind?: BadgeKind]> = {
  'not-opened': ['Not paid'],
  'not-paid': ['Not paid'],
  declined: ['Declined', 'danger'],
  checking: ['Checking', 'accent'],
  confirming: ['Confirming', 'accent'],
  expired: ['Not paid'],
  owned: ['Not paid'],
  in: ['Paid', 'success'],
  disputed: ['Disputed', 'danger'],
  held: ['Under review', 'accent'],
  returning: ['Refund on its way', 'accent'],
  returned: ['Refunded'],
  lost: ['Disputed, ended'],
  ended: ['Ended'],
  joined: ['Joined', 'success'],
  given: ['Given to you', 'success'],
}

function State({ purchase: { standing, hasPartBack } }: { purchase: PurchaseRow }) {
  if (standing === 'in' && hasPartBack) return <Badge kind="success">Paid, part refunded</Badge>
  const [text, kind] = badges[standing]
  return <Badge kind={kind}>{text}</Badge>
}

function RecoveryForm({ reference, error }: { reference?: string; error?: string }) {
  return (
    <Card title="Paid, but no access?" id="recovery">
      <p class="soft">
        Enter the order or payment number from the message about your payment. We check it right away.
      </p>
      <form method="post" action={paths.purchaseRecovery()} class="stack" novalidate>
        <Field
          label="Order or payment number"
          name="reference"
          value={reference}
          error={error}
          hint="It is in the email from Razorpay, our payment service."
          autocomplete="off"
          required
        />
        <div>
          <Button>Check payment</Button>
        </div>
      </form>
    </Card>
  )
}
