import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { deleteUnusedFile } from '../models/stored-file'
import { cancelVendorUpload, deleteUnusedAsset, syncUpload } from '../models/teach/video/sync'
import { daySeconds, later } from '../rules/time'
import type { Services } from '../services'

const FilePayload = z.object({ fileKey: z.string() })
const AssetPayload = z.object({ assetId: z.string() })
const VendorUploadPayload = z.object({ vendorUploadId: z.string() })
const UploadPayload = z.object({ uploadId: z.string() })

export async function deleteFile(services: Services, job: Job): Promise<JobOutcome> {
  const outcome = await deleteUnusedFile(services, FilePayload.parse(job.payload).fileKey)
  if (outcome !== 'no store') return undefined
  return { runAgainAt: later(services.now(), daySeconds) }
}

export async function deleteAsset(services: Services, job: Job): Promise<JobOutcome> {
  await deleteUnusedAsset(services, AssetPayload.parse(job.payload).assetId)
  return undefined
}

export async function cancelUpload(services: Services, job: Job): Promise<JobOutcome> {
  await cancelVendorUpload(services, VendorUploadPayload.parse(job.payload).vendorUploadId)
  return undefined
}

/** Repeated until the upload is over, in case its webhooks are lost. */
export async function syncVideoUpload(services: Services, job: Job): Promise<JobOutcome> {
  const runAgainAt = await syncUpload(services, UploadPayload.parse(job.payload).uploadId)
  return runAgainAt ? { runAgainAt } : undefined
}
