import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { findDeclinedRefund } from '../models/purchases/refund-decision'
import { sendRefund } from '../models/purchases/refund-sending'
import { refundDeclinedEmail } from '../ports/mail/emails'
import { isFormer } from '../rules/account/former-account'
import { daySeconds, hourSeconds, later } from '../rules/time'
import type { Services } from '../services'

const Payload = z.object({ requestId: z.string() })

/** Asked again until the money is back: every six hours on its way, daily without a balance. */
export async function sendRefundOfRequest(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.payments) return { runAgainAt: later(services.now(), hourSeconds) }
  const sending = await sendRefund(services, Payload.parse(job.payload).requestId)
  if (sending === 'done') return undefined
  return { runAgainAt: later(services.now(), sending === 'waiting' ? 6 * hourSeconds : daySeconds) }
}

export async function mailRefundDeclined({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findDeclinedRefund({ db }, Payload.parse(job.payload).requestId))
  if (!found || isFormer(found.buyer.email)) return
  const { name, email } = found.buyer
  await mail.send({ to: { name, address: email }, ...(await refundDeclinedEmail(config, found)) })
  return undefined
}
