import { html } from 'hono/html'
import type { Account } from './account'

const SHOWN = 20

export async function muxPanel(account: Account, base: string): Promise<string> {
  const { settings } = account
  const title = (of: { meta?: { title?: string } }) => of.meta?.title ?? 'untitled'
  const uploads = account.uploads().toReversed().slice(0, SHOWN)
  const deliveries = account.deliveries.list().toReversed().slice(0, SHOWN)
  const panel = html`
<h2>Videos (Mux)</h2>
<form method="post" action="${base}/settings">
  <label>Webhooks <select name="webhooks">${['on', 'off', 'duplicate', 'reorder'].map(
    (word) => html`<option${word === settings.webhooks ? html` selected` : ''}>${word}</option>`,
  )}</select></label>
  <label>Encoding takes (seconds) <input name="delaySeconds" type="number" min="0" max="3600" step="any" value="${settings.delaySeconds}"></label>
  <label>${choice('failEncoding', settings.failEncoding)} Encodings fail</label>
  <label>${choice('down', settings.down)} API and uploads are down</label>
  <label>The API answers <select name="answer">${['as usual', '429', 'hang', 'html', '500'].map(
    (word) =>
      html`<option${word === (settings.answer ?? 'as usual') ? html` selected` : ''}>${word}</option>`,
  )}</select></label>
  <label>Retry-After of a 429 (seconds) <input name="retryAfterSeconds" type="number" min="0" max="3600" value="${settings.retryAfterSeconds}"></label>
  <button>Save settings</button>
</form>
<h3>Events nobody asked for</h3>
<div class="row">${[
    'video.live_stream.idle',
    'video.asset.static_renditions.ready',
    'robots.job.summarize.completed',
  ].map(
    (type) =>
      html`<form method="post" action="${base}/event"><input type="hidden" name="type" value="${type}"><button>${type}</button></form>`,
  )}</div>
<h3>Uploads</h3>
<table><tr><th>Title</th><th>State</th><th>Upload</th></tr>${uploads.map(
    (upload) =>
      html`<tr><td>${title(upload.assetSettings)}</td><td>${upload.status}</td><td><small>${upload.id}</small></td></tr>`,
  )}</table>
<h3>Assets</h3>
<table><tr><th>Title</th><th>State</th><th>Asset</th></tr>${account
    .assets()
    .slice(0, SHOWN)
    .map(
      (asset) => html`<tr><td>${title(asset.settings)}</td>
<td>${asset.status} ${asset.duration === null ? '' : `${asset.duration.toFixed(1)} s`} ${asset.errors?.messages.join(' ') ?? ''}</td>
<td><small>${asset.id}</small></td></tr>`,
    )}</table>
<h3>Webhooks to the application</h3>
<table><tr><th>Event</th><th>State</th><th>Attempts</th><th></th></tr>${deliveries.map(
    (delivery) => html`<tr><td>${delivery.type}<br><small>${new Date(delivery.at).toISOString()}</small></td>
<td>${delivery.status} ${delivery.responseStatus ?? ''}</td><td>${delivery.attempts}</td>
<td><form method="post" action="${base}/deliveries/${delivery.id}/resend"><button>Send again</button></form></td></tr>`,
  )}</table>`
  return String(await panel)
}

/** An unticked box sends nothing, so a hidden `false` comes first; the last one counts. */
function choice(name: string, on: boolean) {
  return html`<input type="hidden" name="${name}" value="false"><input type="checkbox" name="${name}" value="true"${on ? html` checked` : ''}>`
}
