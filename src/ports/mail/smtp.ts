import { createTransport } from 'nodemailer'
import * as z from 'zod'
import type { SmtpConfig } from '../../config'
import { AppError } from '../../errors'
import type { Mail } from './mail'

const PATIENCE_MS = 10_000

/** A header is one line: a line break in it would let a name or subject add headers and recipients. */
const headerLine = z.string().refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line')

const Email = z.object({
  to: z.object({ name: headerLine, address: z.email() }),
  subject: headerLine.min(1),
  text: z.string(),
  html: z.string(),
})

/**
 * Mail over SMTP, one connection per email, so that it works where sockets live no longer than a request.
 * A email with a malformed address, name or subject is refused with AppError `invalid`.
 */
export function openSmtp(config: SmtpConfig, senderName: string): Mail {
  const transport = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    dnsTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const from = { name: senderName, address: config.MAIL_FROM }

  return {
    async send(email) {
      const { success, data, error } = Email.safeParse(email)
      if (!success) {
        throw new AppError('invalid', 'That email has an address or a heading that no mail can carry.', {
          cause: error,
        })
      }
      const { to, subject, text, html } = data
      try {
        // Addresses as objects: nodemailer parses strings, and "x\r\nBcc: y" in one reaches y.
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (cause) {
        throw new AppError('upstream', 'The mail could not be sent just now.', { cause })
      }
    },
  }
}
