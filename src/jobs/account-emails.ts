import * as z from 'zod'
import { newCode } from '../crypto'
import { createResetLink, findUserByEmail } from '../models/account/password-reset'
import { storeCode } from '../models/account/password-reset-code'
import { createVerificationToken, findUnverifiedUser } from '../models/account/verification-link'
import type { Job, JobOutcome } from '../models/job'
import { passwordResetEmail, verificationEmail } from '../ports/mail/emails'
import type { Services } from '../services'

const UserPayload = z.object({ userId: z.string() })
const ResetPayload = z.object({ email: z.string(), nonce: z.string() })

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

const recipient = ({ name, email }: { name: string; email: string }) => ({ name, address: email })
