import * as z from 'zod'

export const AssetSettings = z
  .object({
    playback_policies: z.array(z.enum(['public', 'signed'])).optional(),
    playback_policy: z.array(z.enum(['public', 'signed'])).optional(),
    passthrough: z.string().max(255).optional(),
    meta: z
      .object({
        title: z.string().max(512),
        creator_id: z.string().max(128),
        external_id: z.string().max(128),
      })
      .partial()
      .optional(),
    video_quality: z.enum(['basic', 'plus', 'premium']).optional(),
  })
  .transform(({ playback_policy = [], playback_policies = playback_policy, ...rest }) => ({
    ...rest,
    playback_policies,
  }))
export type AssetSettings = z.output<typeof AssetSettings>

export interface UploadRecord {
  id: string
  url: string
  status: 'waiting' | 'asset_created' | 'cancelled' | 'timed_out'
  corsOrigin: string
  /** Seconds from `createdAt` (epoch milliseconds). */
  timeout: number
  assetSettings: AssetSettings
  createdAt: number
  totalBytes: number | null
  assetId: string | null
}

export interface AssetRecord {
  id: string
  status: 'preparing' | 'ready' | 'errored'
  /** Epoch milliseconds. */
  createdAt: number
  readyFrom: number
  uploadId: string
  settings: AssetSettings
  playbackIds: { id: string; policy: 'public' | 'signed' }[]
  duration: number | null
  picture: { width: number; height: number; sound: boolean } | null
  errors: { type: string; messages: string[] } | null
}

const epochSeconds = (milliseconds: number) => String(Math.floor(milliseconds / 1000))

export function uploadShape(upload: UploadRecord) {
  return {
    id: upload.id,
    url: upload.url,
    status: upload.status,
    timeout: upload.timeout,
    cors_origin: upload.corsOrigin,
    new_asset_settings: upload.assetSettings,
    ...(upload.assetId ? { asset_id: upload.assetId } : {}),
  }
}

export function assetShape(asset: AssetRecord) {
  const { settings, picture } = asset
  return {
    id: asset.id,
    created_at: epochSeconds(asset.createdAt),
    status: asset.status,
    progress:
      asset.status === 'ready' ? { state: 'completed', progress: 100 } : { state: asset.status, progress: 0 },
    ...(asset.playbackIds.length > 0 ? { playback_ids: asset.playbackIds } : {}),
    ...(settings.passthrough ? { passthrough: settings.passthrough } : {}),
    ...(settings.meta ? { meta: settings.meta } : {}),
    upload_id: asset.uploadId,
    ingest_type: 'on_demand_direct_upload',
    video_quality: settings.video_quality ?? 'basic',
    encoding_tier: 'baseline',
    max_resolution_tier: '1080p',
    master_access: 'none',
    mp4_support: 'none',
    ...(asset.duration === null ? {} : { duration: asset.duration }),
    ...(picture ? { ...proportions(picture), tracks: tracks(asset.id, picture) } : {}),
    ...(asset.errors ? { errors: asset.errors } : {}),
  }
}

function proportions({ width, height }: { width: number; height: number }) {
  if (width === 0) return { resolution_tier: 'audio-only' }
  const common = divisor(width, height)
  return {
    aspect_ratio: `${width / common}:${height / common}`,
    resolution_tier: height > 720 ? '1080p' : '720p',
  }
}

function tracks(
  assetId: string,
  { width, height, sound }: { width: number; height: number; sound: boolean },
) {
  return [
    ...(width > 0 ? [{ id: `${assetId}v`, type: 'video', max_width: width, max_height: height }] : []),
    ...(sound ? [{ id: `${assetId}a`, type: 'audio', max_channels: 2, primary: true }] : []),
  ]
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
