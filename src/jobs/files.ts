import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { deleteUnusedFile } from '../models/stored-file'
import type { Services } from '../services'

const FilePayload = z.object({ fileKey: z.string() })
const dayMs = 24 * 3600 * 1000

/** Without a store the file cannot go; the wish waits until one is set up again. */
export async function deleteFile(services: Services, job: Job): Promise<JobOutcome> {
  const outcome = await deleteUnusedFile(services, FilePayload.parse(job.payload).fileKey)
  if (outcome !== 'no store') return undefined
  return { runAgainAt: new Date(services.now().getTime() + dayMs) }
}
