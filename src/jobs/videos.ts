import * as z from 'zod'
import type { Job } from '../models/job'
import { deleteUnusedAsset } from '../models/video'
import type { Services } from '../services'
import type { JobOutcome } from './run'

const AssetPayload = z.object({ assetId: z.string() })

export async function deleteAsset(services: Services, job: Job): Promise<JobOutcome> {
  await deleteUnusedAsset(services, AssetPayload.parse(job.payload).assetId)
  return undefined
}
