import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { cancelVendorUpload, deleteUnusedAsset, syncUpload } from '../models/teach/video/sync'
import type { Services } from '../services'

const AssetPayload = z.object({ assetId: z.string() })
const VendorUploadPayload = z.object({ vendorUploadId: z.string() })
const UploadPayload = z.object({ uploadId: z.string() })

export async function deleteAsset(services: Services, job: Job): Promise<JobOutcome> {
  await deleteUnusedAsset(services, AssetPayload.parse(job.payload).assetId)
  return undefined
}

export async function cancelUpload(services: Services, job: Job): Promise<JobOutcome> {
  await cancelVendorUpload(services, VendorUploadPayload.parse(job.payload).vendorUploadId)
  return undefined
}

/** The net under the webhooks: ends when the upload is over, whatever came of it. */
export async function syncVideoUpload(services: Services, job: Job): Promise<JobOutcome> {
  const again = await syncUpload(services, UploadPayload.parse(job.payload).uploadId)
  return again ? { runAgainAt: again } : undefined
}
