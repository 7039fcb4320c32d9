import * as z from 'zod'
import { findEmailOfUser } from '../models/account/own-account'
import { findUserByEmail } from '../models/account/password-reset'
import type { Job, JobOutcome } from '../models/job'
import {
  googleLinkedEmail,
  googleUnlinkedEmail,
  newDeviceEmail,
  passwordChangedEmail,
  roleChangedEmail,
  twoFactorEmail,
} from '../ports/mail/emails'
import { roles } from '../rules/account/roles'
import type { Services } from '../services'

/** Both missing in a job of an earlier version. */
const Event = { device: z.string().optional(), at: z.coerce.date().optional() }
const PasswordChanged = z.object({ email: z.string(), ...Event })
const GoogleChanged = z.object({ email: z.string(), googleEmail: z.string(), ...Event })
const NewDevice = z.object({ userId: z.string(), device: z.string(), at: z.coerce.date() })
const TwoFactorChanged = z.object({
  email: z.string(),
  change: z.enum(['on', 'off', 'new-codes', 'recovery-code', 'reset']),
  codesLeft: z.coerce.number().default(0),
  ...Event,
})
const RoleChanged = z.object({
  userId: z.string(),
  from: z.enum(roles),
  to: z.enum(roles),
  at: z.coerce.date(),
})

const recipient = ({ name, email }: { name: string; email: string }) => ({ name, address: email })

export async function mailPasswordChanged({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  const { email, ...event } = PasswordChanged.parse(job.payload)
  const user = mail && (await findUserByEmail(services, email))
  if (!user) return
  const content = await passwordChangedEmail(services.config, { name: user.name, ...event })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}

export const mailGoogleLinked = (services: Services, job: Job): Promise<JobOutcome> =>
  mailGoogleChange(services, job, googleLinkedEmail)

export const mailGoogleUnlinked = (services: Services, job: Job): Promise<JobOutcome> =>
  mailGoogleChange(services, job, googleUnlinkedEmail)

async function mailGoogleChange(
  { mail, ...services }: Services,
  job: Job,
  render: typeof googleLinkedEmail,
): Promise<JobOutcome> {
  const { email, ...event } = GoogleChanged.parse(job.payload)
  const user = mail && (await findUserByEmail(services, email))
  if (!user) return
  await mail.send({
    to: recipient(user),
    ...(await render(services.config, { name: user.name, ...event })),
  })
  return undefined
}

export async function mailNewDevice({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  const { userId, ...event } = NewDevice.parse(job.payload)
  const user = mail && (await findEmailOfUser(services, userId))
  if (!user) return
  const content = await newDeviceEmail(services.config, { name: user.name, ...event })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}

export async function mailTwoFactor({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  const { email, ...event } = TwoFactorChanged.parse(job.payload)
  const user = mail && (await findUserByEmail(services, email))
  if (!user) return
  const content = await twoFactorEmail(services.config, { name: user.name, ...event })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}

export async function mailRoleChanged({ mail, ...services }: Services, job: Job): Promise<JobOutcome> {
  const { userId, ...change } = RoleChanged.parse(job.payload)
  const user = mail && (await findEmailOfUser(services, userId))
  if (!user) return
  const content = await roleChangedEmail(services.config, { name: user.name, ...change })
  await mail.send({ to: recipient(user), ...content })
  return undefined
}
