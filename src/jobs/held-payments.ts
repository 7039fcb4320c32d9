import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { findHeldPaymentEmail } from '../models/purchases/admin-notice'
import { heldPaymentEmail } from '../ports/mail/emails'
import type { Services } from '../services'

const Payload = z.object({ paymentId: z.string(), userId: z.string() })

/** Nothing is sent about a payment that somebody has decided meanwhile. */
export async function mailHeldPayment({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  if (!mail) return
  const found = await findHeldPaymentEmail({ db }, Payload.parse(job.payload))
  if (!found) return
  const { admin, ...about } = found
  const content = await heldPaymentEmail(config, { recipient: admin.name, ...about })
  await mail.send({ to: { name: admin.name, address: admin.email }, ...content })
  return undefined
}
