import { html } from 'hono/html'
import type { Settings } from './entities'

type Named = { [Name in keyof Settings]?: [label: string, words: string[]] }

const choices: Record<string, Named> = {
  Payments: { capture: ['Capture', ['automatic', 'manual']] },
  Refunds: { refunds: ['They end up', ['processed', 'failed', 'pending']] },
  Webhooks: {
    webhooks: ['Webhooks', ['on', 'off', 'duplicate', 'reorder']],
    bareEvents: ['Without optional fields', ['false', 'true']],
  },
  Interface: {
    answer: ['It answers', ['as usual', '429', 'hang', 'html', '500']],
    down: ['It is down', ['false', 'true']],
  },
}

const numbers: Record<string, { [Name in keyof Settings]?: string }> = {
  Payments: {
    offerPercent: 'Offer (%)',
    customerFeePercent: 'Fee the payer bears (%)',
    delaySeconds: 'A late one is confirmed after (s)',
  },
  Webhooks: { patienceSeconds: 'Switched off after failing for (s)' },
  Interface: { retryAfterSeconds: 'Retry-After of a 429 (s)', aheadSeconds: 'Its clock is ahead by (s)' },
}

/** Every setting, in groups. */
export function settingsForm(base: string, settings: Settings) {
  const shown = (name: string) => String(settings[name as keyof Settings] ?? 'as usual')
  const select = (name: string, [label, words]: [string, string[]]) =>
    html`<label>${label} <select name="${name}">${words.map(
      (word) => html`<option${shown(name) === word ? html` selected` : ''}>${word}</option>`,
    )}</select></label>`
  const number = (name: string, label: string) =>
    html`<label>${label} <input name="${name}" type="number" step="any" value="${shown(name)}"></label>`
  const others: Record<string, unknown> = {
    Payments: html`<label>Currency <input name="currency" value="${settings.currency}" maxlength="3"></label>`,
    Refunds: html`<label>Balance to pay them from (paise, or: enough) <input name="balance" value="${settings.balance ?? 'enough'}"></label>`,
  }
  return html`<form method="post" action="${base}/settings">
    ${Object.entries(choices).map(
      ([title, selects]) => html`<fieldset><legend>${title}</legend>
      ${Object.entries(selects).map(([name, choice]) => select(name, choice))}
      ${others[title] ?? ''}
      ${Object.entries(numbers[title] ?? {}).map(([name, label]) => number(name, label))}</fieldset>`,
    )}
    <button>Save</button></form>`
}
