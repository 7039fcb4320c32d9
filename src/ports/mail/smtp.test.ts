import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Message, openSmtpSandbox } from '../../../sandbox/mail/server'
import { type ServedPart, servePart } from '../../../sandbox/serve'
import { readConfig, type SmtpConfig } from '../../config'
import type { Email } from './mail'
import { openSmtp } from './smtp'

const email = (change: Partial<Email> = {}): Email => ({
  to: { name: 'Asha Rao', address: 'asha@example.com' },
  subject: 'आपका कोड 123456',
  text: 'Your code is 123456.\nIt lives 45 seconds.',
  html: '<p>Your code is <b>123456</b>. <a href="http://localhost:3000/x">Open</a></p>',
  ...change,
})

describe('mail over SMTP', { timeout: 60_000 }, () => {
  let dataDir: string
  let served: ServedPart
  let smtp: SmtpConfig

  const open = () =>
    servePart('/mail', openSmtpSandbox, { dataDir, appOrigin: () => 'http://localhost:3000' })
  const box = async (to = ''): Promise<Message[]> =>
    (await fetch(`${served.base}/messages?to=${encodeURIComponent(to)}`)).json()
  const setDown = (down: unknown) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify({ down }) })

  function config(): SmtpConfig {
    const environment = {
      APP_ORIGIN: 'http://localhost:3000',
      DATABASE_URL: 'mysql://127.0.0.1/x',
      APP_SECRET: 'x'.repeat(32),
      ...served.part.environment,
    }
    const read = readConfig(environment).smtp
    if (!read) throw new Error('The sandbox gave no mail configuration')
    return read
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'smtp-'))
    served = await open()
    smtp = config()
  })
  afterAll(async () => {
    await served.close()
    await rm(dataDir, { recursive: true })
  })

  it('carries name, subject in any script, text and HTML', async () => {
    await openSmtp(smtp, 'CodeCrafters').send(email())
    const [mail] = await box('asha@example.com')
    expect(mail).toMatchObject({
      to: 'asha@example.com',
      subject: 'आपका कोड 123456',
      text: email().text,
      html: email().html,
    })
    expect(Date.parse(mail?.at ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  it('shows the newest mail first and only the asked-for mailbox', async () => {
    const mail = openSmtp(smtp, 'CodeCrafters')
    const to = { name: '', address: 'ravi@example.com' }
    await mail.send(email({ to, subject: 'first' }))
    await mail.send(email({ to, subject: 'second' }))
    await mail.send(email({ subject: 'not for Ravi' }))
    expect((await box('Ravi@Example.com')).map(({ subject }) => subject)).toEqual(['second', 'first'])
    expect((await box())[0]?.subject).toBe('not for Ravi')
  })

  it.each([
    [
      'an address that smuggles in another',
      { to: { name: 'A', address: 'x@example.com\r\nBcc: evil@example.com' } },
    ],
    ['two addresses', { to: { name: 'A', address: 'x@example.com, evil@example.com' } }],
    ['a name with a line break', { to: { name: 'A\r\nBcc: evil@example.com', address: 'x@example.com' } }],
    ['a subject with a line break', { subject: 'Hello\nBcc: evil@example.com' }],
    ['no subject', { subject: '' }],
  ])('refuses %s before anything is sent', async (_what, change) => {
    const before = (await box()).length
    await expect(openSmtp(smtp, 'CodeCrafters').send(email(change))).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await box()).toHaveLength(before)
  })

  it('keeps a hostile name inside its quotes', async () => {
    const to = { name: 'evil@example.com>, "x" <y@example.com', address: 'quoted@example.com' }
    await openSmtp(smtp, 'Learn, "really"\r\nBcc: evil@example.com').send(email({ to }))
    expect(await box('quoted@example.com')).toHaveLength(1)
    expect(await box('evil@example.com')).toHaveLength(0)
    expect(await box('y@example.com')).toHaveLength(0)
  })

  it('says upstream while the server takes no mail, and works again after', async () => {
    const mail = openSmtp(smtp, 'CodeCrafters')
    const to = { name: 'Down', address: 'down@example.com' }
    expect((await setDown(true)).status).toBe(200)
    await expect(mail.send(email({ to }))).rejects.toMatchObject({
      code: 'upstream',
      cause: { responseCode: 421 },
    })
    await setDown(false)
    await mail.send(email({ to }))
    expect(await box('down@example.com')).toHaveLength(1)
    expect((await setDown('yes')).status).toBe(400)
  })

  const setRefuse = (refuse: string | null) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify({ refuse }) })

  it.each([
    ['550 5.1.1 no such user', 'refused', true],
    ['450 4.2.0 try again later', undefined, false],
    ['421 4.3.2 closing', 'outage', false],
  ])('says what a refusal of the recipient means: %s', async (words, failure, isForGood) => {
    const mail = openSmtp(smtp, 'CodeCrafters')
    expect((await setRefuse(words)).status).toBe(200)
    const error = await mail.send(email()).catch((cause: unknown) => cause)
    expect(error).toMatchObject({
      code: 'upstream',
      failure,
      cause: { message: expect.stringContaining(words) },
    })
    expect(mail.isAddressRefused(error)).toBe(isForGood)
    await setRefuse(null)
    await mail.send(email())
  })

  it('takes a wrong password for an outage of the mail, and not for a fault of the address', async () => {
    const strict = new SMTPServer({
      onAuth: (_auth, _session, done) => done(new Error('Bad password')),
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
    })
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve))
    const { port } = strict.server.address() as { port: number }
    const mail = openSmtp({ ...smtp, SMTP_URL: `smtp://a:b@127.0.0.1:${port}` }, 'CodeCrafters')
    const error = await mail.send(email()).catch((cause: unknown) => cause)
    expect(error).toMatchObject({
      failure: 'outage',
      message: 'The mail server does not accept our user name and password.',
    })
    expect(mail.isAddressRefused(error)).toBe(false)
    await new Promise<void>((resolve) => strict.close(resolve))
  })

  it('says upstream when nobody listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as { port: number }
    await new Promise((resolve) => closed.close(resolve))
    const mail = openSmtp({ ...smtp, SMTP_URL: `smtp://127.0.0.1:${port}` }, 'CodeCrafters')
    await expect(mail.send(email())).rejects.toMatchObject({
      ...{ name: 'AppError', code: 'upstream', failure: 'outage' },
    })
  })

  it('gives up on a server that never greets', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as { port: number }
    const mail = openSmtp({ ...smtp, SMTP_URL: `smtp://127.0.0.1:${port}` }, 'CodeCrafters')
    await expect(mail.send(email())).rejects.toMatchObject({ code: 'upstream' })
    silent.close()
  })

  it('gives every recipient of one mail a copy', async () => {
    const transport = createTransport(smtp.SMTP_URL)
    await transport.sendMail({
      from: 'a@example.com',
      to: 'one@example.com',
      bcc: 'two@example.com',
      text: 'x',
    })
    expect(await box('one@example.com')).toHaveLength(1)
    expect(await box('two@example.com')).toHaveLength(1)
  })

  it('shows a mail to people without letting its HTML act on the page', async () => {
    const to = { name: 'Eve', address: 'eve@example.com' }
    const subject = '<script>alert(1)</script>'
    await openSmtp(smtp, 'CodeCrafters').send(
      email({ to, subject, html: '"><script>alert(2)</script><a href="/x">x</a>' }),
    )
    const [mail] = await box('eve@example.com')
    const shown = await (await fetch(`${served.base}/messages/${mail?.id}`)).text()
    expect(shown).not.toContain('<script>')
    expect(shown).toContain('srcdoc="&lt;base target=&quot;_blank&quot;&gt;&quot;&gt;&lt;script&gt;')
    expect(shown).not.toContain('allow-scripts')
    expect(await (await fetch(served.base)).text()).toContain('&lt;script&gt;alert(1)')
    expect(await served.part.panel()).toContain(`${served.base}/messages/${mail?.id}`)
    expect((await fetch(`${served.base}/messages/none`)).status).toBe(404)
  })

  it('keeps the last 200 mails and its port over a restart', async () => {
    const transport = createTransport({
      url: smtp.SMTP_URL,
      pool: true,
      maxConnections: 1,
      maxMessages: 1000,
    })
    for (let n = 1; n <= 205; n++) {
      await transport.sendMail({
        from: 'a@example.com',
        to: 'many@example.com',
        subject: `mail ${n}`,
        text: 'x',
      })
    }
    transport.close()
    await served.close()
    served = await open()
    expect(served.part.environment).toEqual({ SMTP_URL: smtp.SMTP_URL, MAIL_FROM: smtp.MAIL_FROM })
    const all = await box()
    expect(all).toHaveLength(200)
    expect(all[0]?.subject).toBe('mail 205')
  })

  it('takes another port when its own is taken', async () => {
    const { SMTP_URL } = smtp
    const second = await open()
    expect(second.part.environment.SMTP_URL).not.toBe(SMTP_URL)
    await openSmtp({ ...smtp, SMTP_URL: second.part.environment.SMTP_URL ?? '' }, 'CodeCrafters').send(
      email(),
    )
    await second.close()
  })
})
