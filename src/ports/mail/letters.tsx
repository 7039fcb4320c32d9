import type { Child } from 'hono/jsx'
import {
  GoogleLinkedLetter,
  type GoogleLinkedLetterData,
  googleLinkedText,
} from '../../../views/mail/google-linked'
import type { OrderLetter, RefundLetterData, Site } from '../../../views/mail/letter'
import {
  PasswordChangedLetter,
  type PasswordChangedLetterData,
  passwordChangedText,
} from '../../../views/mail/password-changed'
import {
  PasswordResetLetter,
  type PasswordResetLetterData,
  passwordResetText,
} from '../../../views/mail/password-reset'
import { ReceiptLetter, receiptText } from '../../../views/mail/receipt'
import { RefundLetter, refundText } from '../../../views/mail/refund'
import {
  VerifyAddressLetter,
  type VerifyAddressLetterData,
  verifyAddressText,
} from '../../../views/mail/verify-address'
import type { Letter } from './mail'

type Content = Omit<Letter, 'to'>

export const receiptLetter = async (site: Site, data: OrderLetter): Promise<Content> => ({
  subject: `Receipt: ${data.course.title}`,
  text: receiptText(site, data),
  html: await html(<ReceiptLetter site={site} {...data} />),
})

export const refundLetter = async (site: Site, data: RefundLetterData): Promise<Content> => ({
  subject: `Refund: ${data.course.title}`,
  text: refundText(site, data),
  html: await html(<RefundLetter site={site} {...data} />),
})

type AccountSite = Site & { OTP_TTL_SECONDS: number }

export const verifyAddressLetter = async (site: Site, data: VerifyAddressLetterData): Promise<Content> => ({
  subject: 'Confirm your e-mail address',
  text: verifyAddressText(site, data),
  html: await html(<VerifyAddressLetter site={site} {...data} />),
})

export const passwordResetLetter = async (
  site: AccountSite,
  given: Omit<PasswordResetLetterData, 'codeSeconds'>,
): Promise<Content> => {
  const data = { ...given, codeSeconds: site.OTP_TTL_SECONDS }
  return {
    subject: `Choose a new password for ${site.SITE_NAME}`,
    text: passwordResetText(site, data),
    html: await html(<PasswordResetLetter site={site} {...data} />),
  }
}

export const passwordChangedLetter = async (
  site: Site,
  data: PasswordChangedLetterData,
): Promise<Content> => ({
  subject: `Your password for ${site.SITE_NAME} was changed`,
  text: passwordChangedText(site, data),
  html: await html(<PasswordChangedLetter site={site} {...data} />),
})

export const googleLinkedLetter = async (site: Site, data: GoogleLinkedLetterData): Promise<Content> => ({
  subject: `A Google account was linked to your account at ${site.SITE_NAME}`,
  text: googleLinkedText(site, data),
  html: await html(<GoogleLinkedLetter site={site} {...data} />),
})

const html = async (letter: Child): Promise<string> => `<!doctype html>${await String(letter)}`
