import * as z from 'zod'
import { findEmailOfUser } from '../models/account/own-account'
import { findUserByEmail } from '../models/account/password-reset'
import type { Job, JobOutcome } from '../models/job'
import {
  googleLinkedEmail,
  googleUnlinkedEmail,
  newDeviceEmail,
  passwordChangedEmail,
  type Rendered,
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

type About = { email: string } | { userId: string }

/** Sends nothing where there is no mail server, or to who is gone. */
const handle =
  <Event extends About>(
    Payload: z.ZodType<Event>,
    render: (site: Services['config'], event: Event & { name: string }) => Promise<Rendered>,
  ) =>
  async ({ mail, ...services }: Services, job: Job): Promise<JobOutcome> => {
    const event = Payload.parse(job.payload)
    const user = mail && (await findRecipient(services, event))
    if (!user) return
    const { name, email: address } = user
    await mail.send({ to: { name, address }, ...(await render(services.config, { ...event, name })) })
    return undefined
  }

const findRecipient = (services: Omit<Services, 'mail'>, about: About) =>
  'email' in about ? findUserByEmail(services, about.email) : findEmailOfUser(services, about.userId)

export const mailPasswordChanged = handle(PasswordChanged, passwordChangedEmail)
export const mailGoogleLinked = handle(GoogleChanged, googleLinkedEmail)
export const mailGoogleUnlinked = handle(GoogleChanged, googleUnlinkedEmail)
export const mailNewDevice = handle(NewDevice, newDeviceEmail)
export const mailTwoFactor = handle(TwoFactorChanged, twoFactorEmail)
export const mailRoleChanged = handle(RoleChanged, roleChangedEmail)
