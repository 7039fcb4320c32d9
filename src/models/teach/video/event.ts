import type { Transaction } from '../../../db/connect'
import type { VideoAsset, VideoEvent, VideoUpload } from '../../../ports/video/video'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import type { DbNow } from '../../../services'
import { receiveOnce } from '../../webhook-event'
import { advanceUpload, type Outcome } from './lifecycle'
import { type Clock, type EventDetails, lockUpload } from './upload-lock'

const goneMessage = 'This video no longer exists at the video service. Please upload the file again.'

/** For a webhook whose signature was checked, in any order and any number of times. */
export const receiveVideoEvent = (services: DbNow, event: VideoEvent, payload: unknown): Promise<string> =>
  receiveOnce(services, { source: 'mux', id: event.id, type: event.type, payload }, (tx) =>
    applyVideo(tx, services, event),
  )

/** Harmless late or again; gives the outcome in words. */
export async function applyVideo(tx: Transaction, clock: Clock, event: VideoEvent): Promise<string> {
  if (event.about === 'other') return 'nothing to do'
  if (event.about === 'unreadable') return `not understood: ${event.problem}`
  if (event.about === 'upload') return applyVideoEvent(tx, clock, uploadEvent(event.upload))
  return applyVideoEvent(tx, clock, event.deleted ? assetDeleted(event.asset) : assetEvent(event.asset))
}

export interface UploadChange {
  event: UploadEvent
  details: EventDetails
}

const eventOfUpload: Record<VideoUpload['state'], UploadEvent> = {
  waiting: 'upload waiting',
  asset_created: 'asset created',
  errored: 'upload errored',
  cancelled: 'upload cancelled',
  timed_out: 'upload errored',
}

/** An asset without an id does not count yet. */
export const uploadEvent = (upload: VideoUpload): UploadChange => ({
  event: upload.state === 'asset_created' && !upload.assetId ? 'upload waiting' : eventOfUpload[upload.state],
  details: upload,
})

/** An asset without a playback id is not ready yet. */
export const assetEvent = (asset: VideoAsset): UploadChange => ({
  event:
    asset.state === 'errored'
      ? 'asset errored'
      : asset.state === 'ready' && asset.playbackId
        ? 'asset ready'
        : 'asset created',
  details: asset,
})

export const assetDeleted = (
  asset: Pick<VideoAsset, 'assetId'> & { uploadId?: string | null },
): UploadChange => ({
  event: 'asset deleted',
  details: { assetId: asset.assetId, uploadId: asset.uploadId, error: goneMessage },
})

/** Harmless late or again; gives the outcome in words. */
export async function applyVideoEvent(tx: Transaction, clock: Clock, change: UploadChange): Promise<string> {
  const upload = await lockUpload(tx, change.details)
  if (!upload) return 'unknown upload'
  return outcomeText(await advanceUpload(tx, clock, upload, change), upload.stage)
}

function outcomeText({ to, effects, unpublished }: Outcome, before: string): string {
  if (effects.includes('remove video'))
    return unpublished === 'nothing' ? 'video removed' : `video removed, ${unpublished} unpublished`
  if (to !== before) return to
  return effects.length > 0 ? 'not wanted any more' : 'already known'
}
