import type { RefundStanding } from '../../src/models/purchases/refund-asking'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import type { RefundTerms } from '../../src/rules/purchases/refund-rule'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { TextArea } from '../parts/field'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { RefundPromise } from '../parts/refund-promise'

interface Props {
  orderId: string
  title: string
  standing: RefundStanding | null
  terms: RefundTerms
  reason?: string
  error?: string
}

export function RefundPage(props: Props) {
  const { orderId, title } = props
  return (
    <div class="wrap medium">
      <Breadcrumbs
        items={[
          { href: paths.purchases(), label: 'My purchases' },
          { href: paths.purchase(orderId), label: title },
        ]}
      />
      <PageHeader title="Refund" lead={title} />
      <RefundForm {...props} />
    </div>
  )
}

export function RefundForm({ orderId, standing, terms, reason, error }: Props) {
  const action = paths.purchaseRefund(orderId)
  return (
    <div class="stack" id="refund">
      <p class="soft">
        <RefundPromise terms={terms} />
      </p>
      {standing?.asked ? <Asked {...standing} /> : null}
      {standing === null || standing.leftPaise === 0 ? (
        <p>There is nothing left to refund for this purchase.</p>
      ) : standing.asked?.state === 'asked' ? null : (
        <Card title={`Ask for ${rupees(standing.leftPaise)} back`}>
          <p>
            {standing.because === null
              ? 'Your refund is sent immediately. You lose access to the course once it goes through.'
              : `Somebody on our team has to decide. ${standing.because} You get the answer by email and on this page.`}
          </p>
          <form
            class="form"
            method="post"
            action={action}
            hx-post={action}
            hx-target="#refund"
            hx-swap="outerHTML"
            hx-sync="this:drop"
            novalidate
          >
            <TextArea
              label="Reason"
              name="reason"
              rows={3}
              hint="A few words help us make the course better."
              value={reason}
              error={error}
              autofocus={error ? true : undefined}
              maxlength={500}
              required
            />
            <div class="form-actions">
              <Button kind="danger">Refund</Button>
              <ButtonLink kind="quiet" href={paths.purchase(orderId)}>
                Keep the course
              </ButtonLink>
            </div>
          </form>
        </Card>
      )}
    </div>
  )
}

const words: Record<string, string> = {
  asked: 'Your request is waiting for a decision. You get the answer by email and on this page.',
  declined: 'Your request was declined',
  approved: 'Your refund is approved and on its way.',
  sent: 'Your refund has been sent. It usually takes five to seven working days.',
  refused: 'Your refund did not go through. We are looking into it.',
  closed: 'Your request has been dealt with. You can see the outcome on the page of your purchase.',
}

function Asked({ asked }: RefundStanding) {
  if (!asked) return null
  const answer = asked.state === 'declined' ? `: ${asked.answer ?? 'no reason was given.'}` : ''
  return <Notice kind="info">{`${words[asked.state]}${answer}`}</Notice>
}

interface RefundCardProps {
  order: { id: string; state: string }
  hasAccess: boolean
  terms: RefundTerms
}

/** On the purchase's page, also before paying. */
export function RefundCard({ order, hasAccess, terms }: RefundCardProps) {
  if (order.state !== 'open' && !hasAccess) return null
  return (
    <Card title="Refund">
      <p class="label-size">
        <RefundPromise terms={terms} />
      </p>
      {order.state === 'paid' ? (
        <ButtonLink href={paths.purchaseRefund(order.id)}>Ask for a refund</ButtonLink>
      ) : null}
    </Card>
  )
}
