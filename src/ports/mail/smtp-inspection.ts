import { createTransport } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Check, ok, unasked, wrong } from '../../check'
import type { SmtpConfig } from '../../config'
import { withoutPrivate } from '../../redaction'

interface Line {
  isSecure: boolean
  close(): void
}

const local = ['localhost', '127.0.0.1', '::1', '[::1]']

/** Connects as the site does, looks whether the line is encrypted, and signs in. */
export async function inspectSmtp(config: SmtpConfig, deadlineMs: number): Promise<Check[]> {
  const { hostname } = new URL(config.SMTP_URL)
  const line = await connect(config, deadlineMs)
  line.close()
  const encryption = line.isSecure
    ? ok('TLS', 'the line is encrypted')
    : local.includes(hostname)
      ? ok('TLS', 'the line is open, and does not leave this machine')
      : wrong(
          'TLS',
          'the line is open, so the password can be read on the way',
          'write SMTP_URL with smtps:// and port 465, or ask for a server with STARTTLS',
        )
  return [encryption, await login(config, deadlineMs)]
}

async function login(config: SmtpConfig, deadlineMs: number): Promise<Check> {
  const url = new URL(config.SMTP_URL)
  if (!url.username)
    return unasked(
      'login',
      'SMTP_URL has no user, so the server takes mail without one',
      'send a test mail on /admin/health',
    )
  const transport = createTransport({ url: config.SMTP_URL, ...timeouts(deadlineMs) })
  try {
    await transport.verify()
    return ok('login', 'the server takes user and password')
  } catch (error) {
    const { code, response, message } = error as { code?: string; response?: string; message: string }
    const said = withoutPrivate(response ?? message)
    if (code !== 'EAUTH') return wrong('login', said, 'look at SMTP_URL')
    return wrong(
      'login',
      said,
      'set user and password in SMTP_URL; Gmail wants an app password (myaccount.google.com/apppasswords)',
    )
  }
}

const timeouts = (ms: number) => ({
  connectionTimeout: ms,
  greetingTimeout: ms,
  socketTimeout: ms,
  dnsTimeout: ms,
})

function connect(config: SmtpConfig, deadlineMs: number): Promise<Line> {
  const transport = createTransport({ url: config.SMTP_URL, ...timeouts(deadlineMs) })
  const connection = new SMTPConnection(transport.options as object)
  transport.close()
  return new Promise((resolve, reject) => {
    connection.once('error', (error: Error) => {
      connection.close()
      reject(error)
    })
    connection.connect((error?: Error | null) => {
      if (error) return reject(error)
      resolve({ isSecure: connection.secure, close: () => connection.quit() })
    })
  })
}
