import * as z from 'zod'
import { newCode } from '../crypto'
import { createResetLink, findUserByEmail } from '../models/account/password-reset'
import { storeCode } from '../models/account/password-reset-code'
import { createVerificationToken, findUnverifiedUser } from '../models/account/verification-link'
import type { Job, JobOutcome } from '../models/job'
import {
  googleLinkedEmail,
  passwordChangedEmail,
  passwordResetEmail,
  twoFactorEmail,
  verificationEmail,
} from '../ports/mail/emails'
import type { Services } from '../services'

const UserPayload = z.object({ userId: z.string() })
const EmailPayload = z.object({ email: z.string() })
const GooglePayload = EmailPayload.extend({ googleEmail: z.string() })
const TwoFactorPayload = EmailPayload.extend({
  change: z.enum(['on', 'off', 'new-codes', 'recovery-code', 'reset']),
  codesLeft: z.coerce.number().default(0),
})
const ResetPayload = EmailPayload.extend({ nonce: z.string() })

export async function mailVerification({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const user = await findUnverifiedUser(services, UserPayload.parse(job.payload).userId)
  if (!user) return
  const token = await createVerificationToken(services, user.email)
  await mail.send({ to: recipient(user), ...(await verificationEmail(services.config, { ...user, token })) })
  return undefined
}

/** Stored when the mail server has taken the email: only then does the code's life begin. */
export async function mailPasswordReset({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const { email, nonce } = ResetPayload.parse(job.payload)
  const user = await findUserByEmail(services, email)
  if (!user) return
  await services.otp?.ping()
  const code = services.otp && newCode()
  const token = await createResetLink(services, email)
  const content = await passwordResetEmail(services.config, { name: user.name, code, token })
  await mail.send({ to: recipient(user), ...content })
  if (code) await storeCode(services, { email, nonce }, code)
  return undefined
}

export async function mailPasswordChanged({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const user = await findUserByEmail(services, EmailPayload.parse(job.payload).email)
  if (!user) return
  await mail.send({ to: recipient(user), ...(await passwordChangedEmail(services.config, user)) })
  return undefined
}

export async function mailGoogleLinked({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const { email, googleEmail } = GooglePayload.parse(job.payload)
  const user = await findUserByEmail(services, email)
  if (!user) return
  const content = await googleLinkedEmail(services.config, { name: user.name, googleEmail })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}

export async function mailTwoFactor({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const { email, ...event } = TwoFactorPayload.parse(job.payload)
  const user = await findUserByEmail(services, email)
  if (!user) return
  const content = await twoFactorEmail(services.config, { name: user.name, ...event })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}

const recipient = ({ name, email }: { name: string; email: string }) => ({ name, address: email })
