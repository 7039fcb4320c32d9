import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { noteSilence } from '../models/purchases/webhook-silence'
import type { Services } from '../services'

const Payload = z.object({ paymentId: z.string() })

/** A webhook about the payment would have taken this job away. */
export async function checkWebhook(services: Services, job: Job): Promise<JobOutcome> {
  await noteSilence(services, Payload.parse(job.payload).paymentId)
  return undefined
}
