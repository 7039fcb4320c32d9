import * as z from 'zod'
import { newCode } from '../crypto'
import { findUnverified, openVerification } from '../models/account/email-verification'
import { findResetPerson, openResetLink } from '../models/account/password-reset'
import { keepCode } from '../models/account/password-reset-code'
import type { Job, JobOutcome } from '../models/job'
import {
  googleLinkedEmail,
  passwordChangedEmail,
  passwordResetEmail,
  verifyAddressEmail,
} from '../ports/mail/emails'
import type { Services } from '../services'

const PersonPayload = z.object({ userId: z.string() })
const AddressPayload = z.object({ email: z.string() })
const GooglePayload = AddressPayload.extend({ googleEmail: z.string() })
const ResetPayload = AddressPayload.extend({ browser: z.string() })

export async function mailVerifyAddress(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const person = await findUnverified(services, PersonPayload.parse(job.payload).userId)
  if (!person) return
  const token = await openVerification(services, person.email)
  await services.mail.send({
    to: { name: person.name, address: person.email },
    ...(await verifyAddressEmail(services.config, { email: person.email, token })),
  })
  return undefined
}

/** Mails a code and a link. The code exists nowhere until the mail server has the email: only then its life begins. */
export async function mailPasswordReset(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const { email, browser } = ResetPayload.parse(job.payload)
  const person = await findResetPerson(services, email)
  if (!person) return
  await services.otp?.ping()
  const code = services.otp && newCode()
  const token = await openResetLink(services, email)
  await services.mail.send({
    to: { name: person.name, address: email },
    ...(await passwordResetEmail(services.config, { code, token })),
  })
  if (code) await keepCode(services, { email, browser }, code)
  return undefined
}

export async function mailPasswordChanged(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const person = await findResetPerson(services, AddressPayload.parse(job.payload).email)
  if (!person) return
  await services.mail.send({
    to: { name: person.name, address: person.email },
    ...(await passwordChangedEmail(services.config, { name: person.name })),
  })
  return undefined
}

export async function mailGoogleLinked(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const { email, googleEmail } = GooglePayload.parse(job.payload)
  const person = await findResetPerson(services, email)
  if (!person) return
  await services.mail.send({
    to: { name: person.name, address: person.email },
    ...(await googleLinkedEmail(services.config, { name: person.name, googleEmail })),
  })
  return undefined
}
