import {
  type PasswordResetEmail,
  passwordResetContent,
  testContent,
  type VerificationEmail,
  verificationContent,
} from '../../../views/mail/account-emails'
import { type CourseSuspendedEmail, courseSuspendedContent } from '../../../views/mail/course-emails'
import { type EmailContent, EmailPage, emailText, type Site } from '../../../views/mail/email'
import {
  type DisputeEmail,
  disputeContent,
  type HeldPaymentEmail,
  heldPaymentContent,
  type RefundRequestEmail,
  type RefusedRefundEmail,
  refundRequestContent,
  refusedRefundContent,
} from '../../../views/mail/money-emails'
import {
  type OrderEmail,
  type RefundDeclinedEmail,
  type RefundEmail,
  receiptContent,
  refundContent,
  refundDeclinedContent,
} from '../../../views/mail/order-emails'
import {
  type GoogleChangedEmail,
  googleLinkedContent,
  googleUnlinkedContent,
  type NewDeviceEmail,
  newDeviceContent,
  type PasswordChangedEmail,
  passwordChangedContent,
  type RoleChangedEmail,
  roleChangedContent,
  type TwoFactorEmail,
  twoFactorContent,
} from '../../../views/mail/security-emails'
import type { Email } from './mail'

export type Rendered = Omit<Email, 'to'>

export const receiptEmail = (site: Site, data: OrderEmail): Promise<Rendered> =>
  render(site, receiptContent(site, data))

export const refundEmail = (site: Site, data: RefundEmail): Promise<Rendered> =>
  render(site, refundContent(site, data))

export const refundDeclinedEmail = (site: Site, data: RefundDeclinedEmail): Promise<Rendered> =>
  render(site, refundDeclinedContent(site, data))

export const heldPaymentEmail = (site: Site, data: HeldPaymentEmail): Promise<Rendered> =>
  render(site, heldPaymentContent(site, data))

export const disputeEmail = (site: Site, data: DisputeEmail): Promise<Rendered> =>
  render(site, disputeContent(site, data))

export const refundRequestEmail = (site: Site, data: RefundRequestEmail): Promise<Rendered> =>
  render(site, refundRequestContent(site, data))

export const refusedRefundEmail = (site: Site, data: RefusedRefundEmail): Promise<Rendered> =>
  render(site, refusedRefundContent(site, data))

export const courseSuspendedEmail = (site: Site, data: CourseSuspendedEmail): Promise<Rendered> =>
  render(site, courseSuspendedContent(site, data))

export const verificationEmail = (site: Site, data: VerificationEmail): Promise<Rendered> =>
  render(site, verificationContent(site, data))

export const passwordResetEmail = (
  site: Site & { OTP_TTL_SECONDS: number },
  data: Omit<PasswordResetEmail, 'codeSeconds'>,
): Promise<Rendered> =>
  render(site, passwordResetContent(site, { ...data, codeSeconds: site.OTP_TTL_SECONDS }))

export const passwordChangedEmail = (site: Site, data: PasswordChangedEmail): Promise<Rendered> =>
  render(site, passwordChangedContent(site, data))

export const googleLinkedEmail = (site: Site, data: GoogleChangedEmail): Promise<Rendered> =>
  render(site, googleLinkedContent(site, data))

export const testEmail = (site: Site, data: { name: string }): Promise<Rendered> =>
  render(site, testContent(site, data))

export const twoFactorEmail = (site: Site, data: TwoFactorEmail): Promise<Rendered> =>
  render(site, twoFactorContent(site, data))

export const googleUnlinkedEmail = (site: Site, data: GoogleChangedEmail): Promise<Rendered> =>
  render(site, googleUnlinkedContent(site, data))

export const newDeviceEmail = (site: Site, data: NewDeviceEmail): Promise<Rendered> =>
  render(site, newDeviceContent(site, data))

export const roleChangedEmail = (site: Site, data: RoleChangedEmail): Promise<Rendered> =>
  render(site, roleChangedContent(site, data))

const render = async (site: Site, email: EmailContent): Promise<Rendered> => ({
  subject: email.subject,
  text: emailText(email, site),
  html: `<!doctype html>${await String(<EmailPage email={email} site={site} />)}`,
})
