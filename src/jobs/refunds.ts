import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { sendRefund } from '../models/purchases/refund-sending'
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
