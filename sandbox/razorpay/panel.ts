import { html } from 'hono/html'
import type { Order, Payment, Refund, Settings } from './entities'
import type { Parts } from './parts'
import { rupees } from './pay-page'

const SHOWN = 10
const choices: { [Name in keyof Settings]?: { label: string; words: string[] } } = {
  webhooks: { label: 'Webhooks', words: ['on', 'off', 'duplicate', 'reorder'] },
  refunds: { label: 'Refunds end up', words: ['processed', 'failed', 'pending'] },
  capture: { label: 'Capture', words: ['automatic', 'manual'] },
  down: { label: 'The API is down', words: ['false', 'true'] },
}

/** The control page's part: plain forms. */
export async function panel({ base, store, settings, deliveries }: Parts): Promise<string> {
  const { orders, payments, refunds } = store.state
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
          ] as const
        ).map(([outcome, label]) => button('/pay', { orderId: order.id, outcome }, label))
  const actionsOnPayment = (payment: Payment) =>
    payment.status === 'captured' ? button('/refund', { paymentId: payment.id }, 'Refund') : ''
  const actionsOnRefund = (refund: Refund) =>
    refund.status === 'pending'
      ? Object.entries({ processed: 'Succeeds', failed: 'Fails' }).map(([outcome, label]) =>
          button(`/refunds/${refund.id}/settle`, { outcome }, label),
        )
      : ''

  const settingsForm = html`<form method="post" action="${base}/settings">
    ${Object.entries(choices).map(
      ([name, choice]) =>
        html`<label>${choice.label} <select name="${name}">${choice.words.map(
          (word) =>
            html`<option${String(settings[name as keyof Settings]) === word ? ' selected' : ''}>${word}</option>`,
        )}</select></label>`,
    )}
    <label>A late payment is confirmed after (seconds) <input name="delaySeconds" type="number" min="0" value="${settings.delaySeconds}"></label>
    <button>Save</button></form>`

  const parts = {
    Orders: latest(orders).map((order) =>
      row(order.id, [rupees(order.amount), order.status, order.receipt], actionsOn(order)),
    ),
    Payments: latest(payments).map((payment) => {
      const back = payment.amount_refunded ? `${rupees(payment.amount_refunded)} back` : null
      const facts = [rupees(payment.amount), payment.status, payment.error_description, back]
      return row(payment.id, facts, actionsOnPayment(payment))
    }),
    Refunds: latest(refunds).map((refund) =>
      row(refund.id, [rupees(refund.amount), refund.status, refund.payment_id], actionsOnRefund(refund)),
    ),
    Webhooks: latest(deliveries.list()).map(({ id, type, status, attempts, responseStatus }) =>
      row(
        type,
        [status, `${attempts} sent`, responseStatus],
        button(`/deliveries/${id}/resend`, {}, 'Send again'),
      ),
    ),
  }

  return `${await html`${settingsForm}${Object.entries(parts).map(
    ([title, rows]) =>
      html`<h3>${title}</h3>${rows.length > 0 ? html`<table><tbody>${rows}</tbody></table>` : html`<p>None yet.</p>`}`,
  )}`}`
}

/** Two columns, so that it can be read on a phone: what it is, what can be done. */
const row = (title: string, facts: (string | number | null)[], actions: unknown) =>
  html`<tr><td>${title}<br><small>${facts.filter(Boolean).join(', ')}</small></td><td>${actions}</td></tr>`

const latest = <T>(list: T[]): T[] => list.slice(-SHOWN).reverse()
