import { createTransport } from 'nodemailer'
import * as z from 'zod'
import type { SmtpConfig } from '../../config'
import { AppError } from '../../errors'
import { testEmail } from './emails'
import type { Mail } from './mail'
import { isAddressRefused, smtpError } from './smtp-failure'

const TIMEOUT_MS = 10_000

/** A line break in a name or subject would add headers and recipients. */
const headerLine = z.string().refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line')

const Email = z.object({
  to: z.object({ name: headerLine, address: z.email() }),
  subject: headerLine.min(1),
  text: z.string(),
  html: z.string(),
})

/**
 * One connection per email, because sockets may end with the request; AppError `invalid` for a
 * malformed address, name or subject.
 */
export function openSmtp(config: SmtpConfig, senderName: string): Mail {
  const transport = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const from = { name: senderName, address: config.MAIL_FROM }

  const mail: Mail = {
    async ping() {
      try {
        await transport.verify()
      } catch (cause) {
        throw new AppError('upstream', 'The mail server does not answer right now.', { cause })
      }
    },

    sendTest: async (to, site) => mail.send({ to, ...(await testEmail(site, { name: to.name })) }),

    async send(email) {
      const { success, data, error } = Email.safeParse(email)
      if (!success) {
        throw new AppError('invalid', 'This email has an invalid recipient or subject.', {
          cause: error,
          failure: 'refused',
        })
      }
      const { to, subject, text, html } = data
      try {
        // Addresses as objects: nodemailer parses strings, and "x\r\nBcc: y" in one reaches y.
        const { response } = await transport.sendMail({
          from,
          to,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return response
      } catch (cause) {
        throw smtpError(cause)
      }
    },
    isAddressRefused,
  }
  return mail
}
