import { html } from 'hono/html'
import { phases } from './disputes'
import type { Dispute, Order, Payment, Refund } from './entities'
import { otherProducts } from './other-products'
import type { Parts } from './parts'
import { rupees } from './pay-page'
import { settingsForm } from './settings-form'

const SHOWN = 10
const open = ['open', 'under_review']

/** The control page's part: plain forms. */
export async function panel({ base, store, settings, deliveries }: Parts): Promise<string> {
  const { orders, payments, refunds, disputes } = store.state
  const button = (path: string, fields: Record<string, string>, label: string) =>
    html`<form method="post" action="${base}${path}" style="display:inline-block;margin:.15rem;white-space:nowrap">${Object.entries(
      fields,
    ).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button>${label}</button></form>`

  const actionsOn = (order: Order) =>
    order.status === 'paid'
      ? ''
      : (
          [
            ['paid', 'Pay'],
            ['declined', 'Decline'],
            ['late', 'Pay late'],
            ['pending', 'Pending'],
          ] as const
        ).map(([outcome, label]) => button('/pay', { orderId: order.id, outcome }, label))
  const actionsOnPayment = ({ id: paymentId, status, captured }: Payment) => [
    status === 'captured' ? button('/refund', { paymentId }, 'Refund') : '',
    captured ? button('/dispute', { paymentId, phase: 'created' }, 'Dispute') : '',
  ]
  const actionsOnDispute = ({ payment_id: paymentId, status }: Dispute) =>
    open.includes(status)
      ? phases
          .slice(1)
          .map((phase) => button('/dispute', { paymentId, phase }, sentence(phase.replace('_', ' '))))
      : ''
  const actionsOnRefund = (refund: Refund) => [
    refund.speed_processed === 'instant' ? button(`/refunds/${refund.id}/speed`, {}, 'Slow down') : '',
    refund.status === 'pending'
      ? Object.entries({ processed: 'Succeeds', failed: 'Fails' }).map(([outcome, label]) =>
          button(`/refunds/${refund.id}/settle`, { outcome }, label),
        )
      : '',
  ]

  const parts = {
    Orders: latest(orders).map((order) =>
      row(order.id, [rupees(order.amount), order.status, order.receipt], actionsOn(order)),
    ),
    Payments: latest(payments).map((payment) => {
      const back = payment.amount_refunded ? `${rupees(payment.amount_refunded)} back` : null
      const amount =
        payment.currency === 'INR' ? rupees(payment.amount) : `${payment.amount} ${payment.currency}`
      const facts = [amount, payment.status, payment.offer_id && 'offer', payment.error_description, back]
      return row(payment.id, facts, actionsOnPayment(payment))
    }),
    Refunds: latest(refunds).map((refund) =>
      row(refund.id, [rupees(refund.amount), refund.status, refund.payment_id], actionsOnRefund(refund)),
    ),
    Disputes: latest(disputes).map((dispute) =>
      row(
        dispute.id,
        [rupees(dispute.amount), dispute.status, dispute.payment_id],
        actionsOnDispute(dispute),
      ),
    ),
    Webhooks: latest(deliveries.list()).map(({ id, type, status, attempts, responseStatus }) =>
      row(
        type,
        [status, `${attempts} sent`, responseStatus],
        button(`/deliveries/${id}/resend`, {}, 'Send again'),
      ),
    ),
  }

  const more = html`<h3>Events of other products</h3><p>${Object.keys(otherProducts).map((event) =>
    button('/event', { event }, event),
  )}</p>`

  return `${await html`${settingsForm(base, settings)}${settings.webhooks === 'off' ? button('/settings', { webhooks: 'on' }, 'Turn webhooks on again') : ''}${more}${Object.entries(
    parts,
  ).map(
    ([title, rows]) =>
      html`<h3>${title}</h3>${rows.length > 0 ? html`<table><tbody>${rows}</tbody></table>` : html`<p>None yet.</p>`}`,
  )}`}`
}

/** Two columns, so that it can be read on a phone: what it is, what can be done. */
const row = (title: string, facts: (string | number | null)[], actions: unknown) =>
  html`<tr><td>${title}<br><small>${facts.filter(Boolean).join(', ')}</small></td><td>${actions}</td></tr>`

const latest = <T>(list: T[]): T[] => list.slice(-SHOWN).reverse()

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
