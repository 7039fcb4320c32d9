import type { Transaction } from '../db/connect'
import type { Services } from '../services'
import { addJob } from './job'

export type Clock = Pick<Services, 'now'>

const minuteMs = 60_000

/** When a new upload is first looked after: by then its page, and the webhooks of a short one, had their time. */
const firstCheckMs = 3 * minuteMs

export const deleteAssetLater = (tx: Transaction, clock: Clock, assetId: string): Promise<void> =>
  addJob({ db: tx, now: clock.now }, 'delete-asset', { assetId })

/** Ends an upload at the vendor, or deletes the asset that it became meanwhile. */
export const cancelUploadLater = (tx: Transaction, clock: Clock, vendorUploadId: string): Promise<void> =>
  addJob({ db: tx, now: clock.now }, 'cancel-upload', { vendorUploadId })

/** Asks the vendor how far an upload is, again and again until it is over. */
export const checkUploadLater = (tx: Transaction, clock: Clock, uploadId: string): Promise<void> =>
  addJob(
    { db: tx, now: clock.now },
    'check-upload',
    { uploadId },
    new Date(clock.now().getTime() + firstCheckMs),
  )
