/** Every method throws AppError `upstream` when the vendor fails, and says how in `failure`. */
export interface Video {
  /** A cheap question with the site's own keys. */
  ping(signal: AbortSignal): Promise<void>
  /** `uploadId` is our `video_uploads.id` and part of every event about it. */
  openUpload(upload: {
    uploadId: string
    title: string
    creatorId: string
  }): Promise<{ vendorUploadId: string; url: string }>
  findUpload(vendorUploadId: string): Promise<VideoUpload | null>
  /** Harmless when the upload is already over. */
  cancelUpload(vendorUploadId: string): Promise<void>
  findAsset(assetId: string): Promise<VideoAsset | null>
  /** Newest first. */
  listAssets(): AsyncIterable<VideoAsset>
  /** Harmless when the asset is already deleted. */
  deleteAsset(assetId: string): Promise<void>
  /** Signs locally, asks nobody. */
  player(playback: Playback): Promise<PlayerElement>
  /** AppError `invalid` when the signature over the raw body is forged, stale or unreadable. */
  readWebhook(rawBody: string, headers: Headers): Promise<VideoEvent>
  /** Of a webhook that was checked when it came, as it was kept. */
  readKeptWebhook(kept: { id: string; payload: unknown }): Promise<VideoEvent>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { media: string[]; image: string[]; connect: string[] }
}

export interface Playback {
  playbackId: string
  lifetimeSeconds: number
  title?: string
  startSecond?: number
  accentColor?: string
}

export interface PlayerElement {
  tag: string
  attributes: Record<string, string>
}

export interface VideoUpload {
  vendorUploadId: string
  uploadId: string | null
  state: 'waiting' | 'asset_created' | 'errored' | 'cancelled' | 'timed_out'
  assetId: string | null
  error: string | null
}

export interface VideoAsset {
  assetId: string
  vendorUploadId: string | null
  /** Our `video_uploads.id`, from the upload's passthrough. */
  uploadId: string | null
  state: 'preparing' | 'ready' | 'errored'
  creatorId: string | null
  createdAt: Date | null
  /** The signed one; null until there is one. */
  playbackId: string | null
  durationSeconds: number | null
  error: string | null
}

export type VideoEvent = { id: string; type: string } & (
  | { about: 'upload'; upload: VideoUpload }
  | { about: 'asset'; asset: VideoAsset; deleted: boolean }
  | { about: 'other' }
  /** Signed, but not in a shape that we know; `problem` says where. */
  | { about: 'unreadable'; problem: string }
)
