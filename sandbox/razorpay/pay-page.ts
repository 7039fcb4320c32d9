import { html, raw } from 'hono/html'
import type { Order } from './entities'
import type { Purchase } from './purchase'

export const rupees = (paise: number) =>
  (paise / 100).toLocaleString('en-IN', { style: 'currency', currency: 'INR' })

type Html = ReturnType<typeof html>

const style = `
  :root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; --accent: #3355d4 }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1rem; background: #eef0f6; color: #1c2033 }
  body.frame { background: transparent }
  main { width: min(100%, 25rem); background: #fff; border-radius: 1rem; overflow: hidden; box-shadow: 0 1rem 3rem #10163a33 }
  header { padding: 1.25rem 1.5rem; background: var(--accent); color: #fff }
  header p { margin: 0; overflow-wrap: anywhere }
  h1 { margin: 0; font-size: 1.15rem; line-height: 1.3; overflow-wrap: anywhere }
  .amount { margin-top: .75rem; font-size: 1.75rem; font-weight: 650; line-height: 1.2 }
  form, .text { padding: 1.25rem 1.5rem; display: grid; gap: .65rem }
  .text p { margin: 0 }
  button { font: inherit; font-weight: 550; min-height: 2.9rem; padding: .5rem 1rem; border-radius: .6rem; border: 1px solid #c6cbdb;
    background: #fff; color: inherit; cursor: pointer; text-align: center; text-decoration: none }
  label { display: grid; gap: .25rem; font-size: .9rem } input { font: inherit; padding: .55rem .7rem; border: 1px solid #c6cbdb; border-radius: .6rem }
  button:hover { border-color: #6b7391 }
  button:focus-visible { outline: 3px solid #8fa4ff; outline-offset: 2px }
  button[value=paid], button.first { background: var(--accent); border-color: var(--accent); color: #fff }
  button[value=closed] { border-color: transparent; color: #555d78 }
  button:disabled { opacity: .55; cursor: progress }
  footer { padding: 0 1.5rem 1.25rem; font-size: .85rem; color: #5c637d }
  [role=alert] { margin: 0; padding: .6rem .8rem; border-radius: .6rem; background: #fdecec; color: #8f1d1d }
`

function sheet(
  title: string,
  body: Html,
  options: { frame?: boolean; color?: string; script?: string } = {},
) {
  const accent = options.color ? raw(`main { --accent: ${options.color} }`) : ''
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}${accent}</style></head>
<body class="${options.frame ? 'frame' : 'page'}"><main>${body}</main>${options.script ? html`<script src="${options.script}"></script>` : ''}</body>
</html>`
}

const hidden = (fields: Record<string, string | number | undefined>) =>
  Object.entries(fields).map(([name, value]) =>
    value === undefined ? '' : html`<input type="hidden" name="${name}" value="${String(value)}">`,
  )

/** The real one is empty; a number that is there already lets a press be enough. */
const contactField = html`<label>Phone number <input name="contact" type="tel" required value="+919000000000"></label>`

/**
 * Where the payer chooses how the payment ends: a whole page, or the inside of the checkout window.
 */
export function payPage(api: string, order: Order, purchase: Purchase, place: 'page' | 'frame') {
  const { key_id, order_id, name, description, callback_url, cancel_url } = purchase
  return sheet(
    `Pay ${name}`,
    html`<header><h1>${name}</h1><p>${description}</p><p class="amount">${rupees(order.amount)}</p></header>
      <form method="post" action="${api}/checkout/attempt">
        ${hidden({ key_id, order_id, name, description, callback_url, cancel_url })}
        <p role="alert" hidden></p>
        ${purchase['prefill[contact]'] ? hidden({ contact: purchase['prefill[contact]'] }) : contactField}
        <button name="outcome" value="paid">Pay</button>
        <button name="outcome" value="declined">Bank declines</button>
        <button name="outcome" value="late">Bank answers late</button>
        <button name="outcome" value="pending">Bank is not sure yet</button>
        <button name="outcome" value="closed" formnovalidate>Close</button>
      </form>
      <footer>Sandbox: no money moves. Order ${order.id}</footer>`,
    {
      frame: place === 'frame',
      color: purchase.color,
      script: place === 'frame' ? `${api}/checkout/frame.js` : undefined,
    },
  )
}

/**
 * Carries the outcome back to the shop: by itself where scripts run, by its button where they do
 * not.
 */
export function returnPage(
  api: string,
  callbackUrl: string,
  fields: Record<string, string>,
  problem: string | null,
) {
  return sheet(
    'Back to the shop',
    html`<div class="text"><h1>${problem ? 'Payment failed' : 'Payment received'}</h1>${problem ? html`<p>${problem}</p>` : ''}</div>
      <form method="post" action="${callbackUrl}">${hidden(fields)}<button class="first">Return to the shop</button></form>`,
    { script: `${api}/checkout/return.js` },
  )
}

/**
 * Tells why nothing can be paid. `frame` is the sandbox's url inside the window, which a button
 * then closes; `back` leads to the shop.
 */
export function notice(title: string, text: string, way: { frame?: string | null; back?: string } = {}) {
  const close = way.frame ? html`<button type="button">Close</button>` : ''
  const link = way.back ? html`<a href="${way.back}">Back to the shop</a>` : ''
  return sheet(title, html`<div class="text"><h1>${title}</h1><p>${text}</p>${close}${link}</div>`, {
    frame: Boolean(way.frame),
    script: way.frame ? `${way.frame}/checkout/frame.js` : undefined,
  })
}
