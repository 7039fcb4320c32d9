import type { Child } from 'hono/jsx'
import type { OrderEmail, RefundEmailData, Site } from '../../../views/mail/email'
import {
  GoogleLinkedEmail,
  type GoogleLinkedEmailData,
  googleLinkedText,
} from '../../../views/mail/google-linked'
import {
  PasswordChangedEmail,
  type PasswordChangedEmailData,
  passwordChangedText,
} from '../../../views/mail/password-changed'
import {
  PasswordResetEmail,
  type PasswordResetEmailData,
  passwordResetText,
} from '../../../views/mail/password-reset'
import { ReceiptEmail, receiptText } from '../../../views/mail/receipt'
import { RefundEmail, refundText } from '../../../views/mail/refund'
import {
  VerifyAddressEmail,
  type VerifyAddressEmailData,
  verifyAddressText,
} from '../../../views/mail/verify-address'
import type { Email } from './mail'

type Content = Omit<Email, 'to'>

export const receiptEmail = async (site: Site, data: OrderEmail): Promise<Content> => ({
  subject: `Receipt: ${data.course.title}`,
  text: receiptText(site, data),
  html: await html(<ReceiptEmail site={site} {...data} />),
})

export const refundEmail = async (site: Site, data: RefundEmailData): Promise<Content> => ({
  subject: `Refund: ${data.course.title}`,
  text: refundText(site, data),
  html: await html(<RefundEmail site={site} {...data} />),
})

type AccountSite = Site & { OTP_TTL_SECONDS: number }

export const verifyAddressEmail = async (site: Site, data: VerifyAddressEmailData): Promise<Content> => ({
  subject: 'Confirm your e-mail address',
  text: verifyAddressText(site, data),
  html: await html(<VerifyAddressEmail site={site} {...data} />),
})

export const passwordResetEmail = async (
  site: AccountSite,
  given: Omit<PasswordResetEmailData, 'codeSeconds'>,
): Promise<Content> => {
  const data = { ...given, codeSeconds: site.OTP_TTL_SECONDS }
  return {
    subject: `Choose a new password for ${site.SITE_NAME}`,
    text: passwordResetText(site, data),
    html: await html(<PasswordResetEmail site={site} {...data} />),
  }
}

export const passwordChangedEmail = async (site: Site, data: PasswordChangedEmailData): Promise<Content> => ({
  subject: `Your password for ${site.SITE_NAME} was changed`,
  text: passwordChangedText(site, data),
  html: await html(<PasswordChangedEmail site={site} {...data} />),
})

export const googleLinkedEmail = async (site: Site, data: GoogleLinkedEmailData): Promise<Content> => ({
  subject: `A Google account was linked to your account at ${site.SITE_NAME}`,
  text: googleLinkedText(site, data),
  html: await html(<GoogleLinkedEmail site={site} {...data} />),
})

const html = async (email: Child): Promise<string> => `<!doctype html>${await String(email)}`
