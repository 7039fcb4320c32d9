import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import {
  findDisputeEmail,
  findHeldPaymentEmail,
  findRefundRequestEmail,
  findRefusedRefundEmail,
} from '../models/purchases/admin-notice'
import { disputeEmail, heldPaymentEmail, refundRequestEmail, refusedRefundEmail } from '../ports/mail/emails'
import type { Services } from '../services'

const Held = z.object({ paymentId: z.string(), userId: z.string() })
const Requested = z.object({ requestId: z.string(), userId: z.string() })
const Disputed = z.object({ disputeId: z.string(), userId: z.string() })

/** Nothing is sent about a payment that somebody has decided meanwhile. */
export async function mailHeldPayment({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findHeldPaymentEmail({ db }, Held.parse(job.payload)))
  if (!found) return
  const { admin, ...about } = found
  const content = await heldPaymentEmail(config, { recipient: admin.name, ...about })
  await mail.send({ to: { name: admin.name, address: admin.email }, ...content })
  return undefined
}

/** Nothing is sent about a dispute that is over. */
export async function mailDispute({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findDisputeEmail({ db }, Disputed.parse(job.payload)))
  if (!found) return
  const { admin, ...about } = found
  const content = await disputeEmail(config, { recipient: admin.name, ...about })
  await mail.send({ to: { name: admin.name, address: admin.email }, ...content })
  return undefined
}

/** Nothing is sent about a request that is decided. */
export async function mailRefundRequest({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findRefundRequestEmail({ db }, Requested.parse(job.payload)))
  if (!found) return
  const { recipient, ...about } = found
  const content = await refundRequestEmail(config, { recipient: recipient.name, ...about })
  await mail.send({ to: { name: recipient.name, address: recipient.email }, ...content })
  return undefined
}

/** Nothing is sent about a refund that somebody has decided about meanwhile. */
export async function mailRefusedRefund({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findRefusedRefundEmail({ db }, Requested.parse(job.payload)))
  if (!found) return
  const { admin, request } = found
  const content = await refusedRefundEmail(config, { recipient: admin.name, request })
  await mail.send({ to: { name: admin.name, address: admin.email }, ...content })
  return undefined
}
