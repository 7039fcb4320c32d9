import type { Overview } from '../../src/models/admin/overview'
import { paths } from '../../src/paths'
import { timeLeft } from '../../src/rules/admin/dispute-clock'
import { age, amountIn, count, rupees } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { When } from '../parts/text'

type Props = Pick<Overview, 'desk' | 'reconciliation'> & { now: Date; timeZone: string }

/** What needs a person, and whether each rupee has its end. */
export function Desk(props: Props) {
  const { held, disputes, requests, refused, silence } = props.desk
  const isClear = held.length + disputes.length + requests.length + refused.length === 0
  return (
    <div class="stack">
      {silence ? (
        <Notice kind="error" title="Webhooks have stopped">
          A sale was only found by asking Razorpay, which has sent no webhook since{' '}
          <When date={silence.since} timeZone={props.timeZone} time />. Switch it back on in the Razorpay
          dashboard. <a href={paths.adminWebhooks({ source: 'razorpay' })}>See the latest webhooks</a>
        </Notice>
      ) : null}
      <Card title="Needs your attention" id="desk" danger={!isClear}>
        {isClear ? <p class="soft">Nothing at the moment.</p> : <Waiting {...props} />}
      </Card>
      <Accounts {...props} />
    </div>
  )
}

function Waiting({ desk, now }: Props) {
  const { held, disputes, requests, refused } = desk
  return (
    <ul class="story">
      {held.length > 0 ? (
        <li data-mood="bad">
          <a href={paths.adminPayments({ outcome: 'held' })}>
            {count(
              held.reduce((sum, { n }) => sum + n, 0),
              'payment is',
              'payments are',
            )}{' '}
            on hold
          </a>
          <span>{held.map(amountIn).join(' and ')} in total. Give the course, or send the money back.</span>
        </li>
      ) : null}
      {refused.map(({ request, payment }) => (
        <li data-mood="bad">
          <a href={paths.adminPayments({ outcome: 'held' })}>
            Refund of {amountIn({ ...payment, amountPaise: request.amountPaise })} did not go through
          </a>
          <span>
            {age(request.updatedAt, now)} ago: {request.answer}
          </span>
        </li>
      ))}
      {disputes.map((dispute) => (
        <li data-mood="bad">
          <a href={paths.adminDispute(dispute.id)}>Dispute about {amountIn(dispute)}</a>
          <span>{timeLeft(dispute.respondBy, now) || 'No deadline'}</span>
        </li>
      ))}
      {requests.map(({ orderId, amountPaise, buyer, course, reason, createdAt }) => (
        <li data-mood="bad">
          <a href={paths.adminOrder(orderId)}>Refund of {rupees(amountPaise)} requested</a>
          <span>
            {buyer}, {course}, {age(createdAt, now)} ago: {reason}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Accounts({ reconciliation, timeZone }: Props) {
  if (!reconciliation)
    return (
      <Card title="Accounts" id="accounts">
        <p class="soft">Not compared with Razorpay’s records yet. That happens every night.</p>
      </Card>
    )
  const { at, since, checked, recorded, problems } = reconciliation
  return (
    <Card
      title={problems.length === 0 ? 'Every rupee accounted for' : 'Not every rupee is accounted for'}
      id="accounts"
      danger={problems.length > 0}
    >
      <p class="label-size">
        Compared with Razorpay’s records on <When date={at} timeZone={timeZone} time />, back to{' '}
        <When date={since} timeZone={timeZone} />: {count(checked.payments, 'payment')},{' '}
        {count(checked.refunds, 'refund')}, {count(checked.disputes, 'dispute')}.
      </p>
      {problems.length > 0 ? (
        <ul class="story">
          {problems.map((problem) => (
            <li data-mood="bad">{problem}</li>
          ))}
        </ul>
      ) : null}
      {recorded.length > 0 ? (
        <details>
          <summary>{count(recorded.length, 'missing entry was', 'missing entries were')} added</summary>
          <ul class="story">
            {recorded.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  )
}
