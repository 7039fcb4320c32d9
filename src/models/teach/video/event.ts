import type { Transaction } from '../../../db/connect'
import type { VideoAsset, VideoEvent, VideoUpload } from '../../../ports/video/video'
import type { UploadEvent } from '../../../rules/teach/video-lifecycle'
import type { DbNow } from '../../../services'
import { receiveOnce } from '../../webhook-event'
import { advance, type Clock, lockUpload, type News, type Outcome } from './lifecycle'

const goneInWords = 'This video no longer exists at the video service. Please upload the file again.'

/** Takes in a webhook whose signature was right, in whatever order it comes; gives what came of it, in words. */
export const receiveVideoEvent = (services: DbNow, event: VideoEvent, payload: unknown): Promise<string> =>
  receiveOnce(services, { source: 'mux', id: event.id, type: event.type, payload }, async (tx) => {
    if (event.about === 'other') return 'nothing to do'
    if (event.about === 'upload') return applyVideoEvent(tx, services, uploadEvent(event.upload))
    return applyVideoEvent(tx, services, event.deleted ? assetDeleted(event.asset) : assetEvent(event.asset))
  })

export interface UploadChange {
  event: UploadEvent
  news: News
}

const eventOfUpload: Record<VideoUpload['state'], UploadEvent> = {
  waiting: 'upload waiting',
  asset_created: 'asset created',
  errored: 'upload errored',
  cancelled: 'upload cancelled',
  timed_out: 'upload errored',
}

/** How far the vendor says an upload is. An asset that is not named yet is none. */
export const uploadEvent = (upload: VideoUpload): UploadChange => ({
  event: upload.state === 'asset_created' && !upload.assetId ? 'upload waiting' : eventOfUpload[upload.state],
  news: upload,
})

/** How far the vendor says an asset is. One that cannot be played yet is not ready. */
export const assetEvent = (asset: VideoAsset): UploadChange => ({
  event:
    asset.state === 'errored'
      ? 'asset errored'
      : asset.state === 'ready' && asset.playbackId
        ? 'asset ready'
        : 'asset created',
  news: asset,
})

/** An asset that exists no more at the vendor. */
export const assetDeleted = (
  asset: Pick<VideoAsset, 'assetId'> & { uploadId?: string | null },
): UploadChange => ({
  event: 'asset deleted',
  news: { assetId: asset.assetId, uploadId: asset.uploadId, error: goneInWords },
})

/** Applies what happened to an upload and gives in words what came of it; harmless when it comes late or again. */
export async function applyVideoEvent(
  tx: Transaction,
  clock: Clock,
  happening: UploadChange,
): Promise<string> {
  const upload = await lockUpload(tx, happening.news)
  if (!upload) return 'unknown upload'
  return inWords(await advance(tx, clock, upload, happening), upload.stage)
}

function inWords({ to, effects, unpublished }: Outcome, before: string): string {
  if (effects.includes('remove video'))
    return unpublished === 'nothing' ? 'video gone' : `video gone, ${unpublished} unpublished`
  if (to !== before) return to
  return effects.length > 0 ? 'not wanted any more' : 'already known'
}
