import { join } from 'node:path'
import { Hono } from 'hono'
import { html } from 'hono/html'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import * as z from 'zod'
import { newId } from '../../src/ids'
import { page } from '../page'
import { derivedKey } from '../places'
import type { SandboxOptions, SandboxPart } from '../sandbox'
import { addSettings } from '../settings'
import { openStore } from '../store'
import { listenLocally } from '../tcp-port'

export interface Message {
  id: string
  to: string
  subject: string
  text: string
  html: string
  at: string
}

interface Mailbox {
  port?: number
  messages: Message[]
}

const PASSWORD = 'sandbox-mail-password'
const KEPT = 200
const LARGEST = 5 * 1024 * 1024
/** `refuse` is what it says of every recipient, such as `550 5.1.1 no such user`; null takes them. */
const Settings = z
  .strictObject({
    down: z.boolean(),
    refuse: z
      .string()
      .regex(/^[45]\d\d\b/)
      .nullable(),
  })
  .partial()

/** A mail server (RFC 5321) that delivers nothing and shows every mail over HTTP. */
export async function openSmtpSandbox(options: SandboxOptions): Promise<SandboxPart> {
  const store = openStore<Mailbox>(join(options.dataDir, 'mailbox.json'), { messages: [] })
  const settings: { down: boolean; refuse: string | null } = { down: false, refuse: null }
  const { rehearsal } = options
  const user = rehearsal ? 'lms' : 'sandbox'
  const password = rehearsal ? derivedKey(rehearsal, 'mail') : PASSWORD

  const refuseWhenDown = (done: (error?: Error | null) => void) =>
    done(settings.down ? refusal(421, 'The mail server takes no mail just now') : null)

  const server = new SMTPServer({
    ...(rehearsal
      ? { secure: true, key: rehearsal.key, cert: rehearsal.certificate }
      : { authOptional: true, allowInsecureAuth: true }),
    onAuth: ({ username, password: given }, _session, done) =>
      username === user && given === password
        ? done(null, { user })
        : done(refusal(535, '5.7.8 Username and password not accepted')),
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    closeTimeout: 500,
    onConnect: (_session, done) => refuseWhenDown(done),
    onMailFrom: (_address, _session, done) => refuseWhenDown(done),
    onRcptTo(_address, _session, done) {
      const [, status, words = ''] = /^(\d+) ?(.*)$/.exec(settings.refuse ?? '') ?? []
      done(status ? refusal(Number(status), words) : null)
    },
    onData(stream, session, done) {
      keep(
        stream,
        session.envelope.rcptTo.map(({ address }) => address),
      ).then(
        () => done(null, 'queued'),
        (error: Error) => done(error),
      )
    },
  })
  async function keep(stream: SMTPServerDataStream, recipients: string[]) {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk))
    if (stream.sizeExceeded) throw refusal(552, 'That mail is too large')
    if (settings.down) throw refusal(451, 'The mail server takes no mail just now')
    const mail = await PostalMime.parse(Buffer.concat(chunks))
    for (const to of recipients) {
      store.state.messages.unshift({
        id: newId(),
        to,
        subject: mail.subject ?? '',
        text: (mail.text ?? '').trimEnd(),
        html: (mail.html ?? '').trimEnd(),
        at: new Date().toISOString(),
      })
    }
    store.state.messages.splice(KEPT)
    store.save()
  }

  // A client that disconnects must not end the sandbox; listenLocally handles a port in use.
  let listening = false
  server.on('error', (error) => listening && console.error('Sandbox mail server:', error.message))
  const port = await listenLocally(server.server, (at, done) => server.listen(at, done), store.state.port)
  listening = true
  store.state.port = port
  store.save()

  const app = new Hono()

  app.get('/', (c) => c.html(page('Mails', html`<h1>Mails</h1>${list(options.base, store.state.messages)}`)))

  app.get('/messages', (c) => {
    const to = c.req.query('to')?.toLowerCase()
    return c.json(store.state.messages.filter((message) => !to || message.to.toLowerCase() === to))
  })

  app.get('/messages/:id', (c) => {
    const message = store.state.messages.find(({ id }) => id === c.req.param('id'))
    if (!message) return c.text('There is no such mail (the last 200 are kept).', 404)
    return c.html(page(message.subject, messagePage(options.base, message)))
  })

  addSettings(app, Settings, settings)

  return {
    name: 'mail',
    app,
    environment: {
      SMTP_URL: `${rehearsal ? 'smtps' : 'smtp'}://${user}:${password}@127.0.0.1:${port}`,
      MAIL_FROM: `no-reply@${rehearsal ? 'lms' : 'sandbox'}.example.com`,
    },
    panel: async () => `${await list(options.base, store.state.messages.slice(0, 10))}`,
    async close() {
      await new Promise<void>((resolve) => server.close(resolve))
      await store.close()
    },
  }
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

const time = (at: string) => html`<time datetime="${at}">${new Date(at).toLocaleString('en-GB')}</time>`

function list(base: string, messages: Message[]) {
  if (messages.length === 0) return html`<p>No mail yet.</p>`
  return html`<table>
    <thead><tr><th>To</th><th>Subject</th><th>When</th></tr></thead>
    <tbody>${messages.map(
      ({ id, to, subject, at }) =>
        html`<tr><td>${to}</td><td><a href="${base}/messages/${id}">${subject || '(no subject)'}</a></td><td>${time(at)}</td></tr>`,
    )}</tbody>
  </table>`
}

/** The HTML is a stranger's, so its frame runs no scripts. */
function messagePage(base: string, message: Message) {
  return html`<p><a href="${base}">All mails</a></p>
    <h1>${message.subject || '(no subject)'}</h1>
    <p>To ${message.to}, ${time(message.at)}</p>
    <iframe title="The mail" srcdoc="${`<base target="_blank">${message.html}`}"
      sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>
    <h2>Text part</h2>
    <pre>${message.text}</pre>`
}
