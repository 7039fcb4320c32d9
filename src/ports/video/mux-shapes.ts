import * as z from 'zod'
import { hashOf } from '../../crypto'
import { AppError } from '../../errors'
import { parseJson, problemOf } from '../../json'
import type { VideoAsset, VideoEvent, VideoUpload } from './video'

const Upload = z.object({
  id: z.string().min(1),
  status: z.enum(['waiting', 'asset_created', 'errored', 'cancelled', 'timed_out']),
  asset_id: z.string().nullish(),
  error: z.object({ type: z.string().nullish(), message: z.string().nullish() }).nullish(),
  new_asset_settings: z.object({ passthrough: z.string().nullish() }).nullish(),
})

const Asset = z.object({
  id: z.string().min(1),
  status: z.enum(['preparing', 'ready', 'errored']),
  duration: z.number().nonnegative().nullish(),
  playback_ids: z.array(z.object({ id: z.string().min(1), policy: z.string() })).nullish(),
  passthrough: z.string().nullish(),
  meta: z.object({ creator_id: z.string().nullish() }).nullish(),
  /** Seconds since 1970: text in answers, a number in events. */
  created_at: z.coerce.number().positive().nullish(),
  upload_id: z.string().nullish(),
  errors: z.object({ type: z.string().nullish(), messages: z.array(z.string()).nullish() }).nullish(),
})

const Event = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  type: z.string().min(1),
  data: z.unknown(),
})

const NewUpload = z.object({ id: z.string().min(1), url: z.url() })

export const readUpload = (data: unknown): VideoUpload => uploadFrom(answer(Upload, data))
export const readAsset = (data: unknown): VideoAsset => assetFrom(answer(Asset, data))
export const readNewUpload = (data: unknown) => answer(NewUpload, data)

const assetEvents = ['created', 'ready', 'errored', 'updated', 'deleted'].map((word) => `video.asset.${word}`)

/** For a signed body; never refuses, because nobody would hear of what was refused. */
export async function readEvent(rawBody: string): Promise<VideoEvent> {
  const event = Event.safeParse(parseJson(rawBody))
  if (!event.success) {
    const id = `body:${await hashOf(rawBody)}`
    return { id, type: 'unreadable', about: 'unreadable', problem: problemOf(event.error) }
  }
  const { id, type, data } = event.data
  const head = { id, type }
  if (type.startsWith('video.upload.')) {
    const upload = Upload.safeParse(data)
    if (!upload.success) return { ...head, about: 'unreadable', problem: problemOf(upload.error) }
    return { ...head, about: 'upload', upload: uploadFrom(upload.data) }
  }
  if (!assetEvents.includes(type)) return { ...head, about: 'other' }
  const asset = Asset.safeParse(data)
  if (!asset.success) return { ...head, about: 'unreadable', problem: problemOf(asset.error) }
  return { ...head, about: 'asset', asset: assetFrom(asset.data), deleted: type === 'video.asset.deleted' }
}

function answer<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw new AppError('upstream', 'The video service gave an unexpected answer.', {
    cause: result.error,
  })
}

function uploadFrom(upload: z.output<typeof Upload>): VideoUpload {
  const detail = upload.error?.message ?? null
  const problems: Partial<Record<typeof upload.status, string>> = {
    errored: worded('The upload failed. Please upload the file again.', detail),
    timed_out: 'The upload was not finished in time. Please upload the file again.',
  }
  return {
    vendorUploadId: upload.id,
    uploadId: upload.new_asset_settings?.passthrough || null,
    state: upload.status,
    assetId: upload.asset_id || null,
    error: problems[upload.status] ?? null,
  }
}

function assetFrom(asset: z.output<typeof Asset>): VideoAsset {
  return {
    assetId: asset.id,
    vendorUploadId: asset.upload_id || null,
    uploadId: asset.passthrough || null,
    creatorId: asset.meta?.creator_id || null,
    createdAt: asset.created_at ? new Date(asset.created_at * 1000) : null,
    state: asset.status,
    playbackId: asset.playback_ids?.find(({ policy }) => policy === 'signed')?.id ?? null,
    durationSeconds: asset.duration ?? null,
    error: asset.status === 'errored' ? reason(asset.errors) : null,
  }
}

const reasons: Record<string, string> = {
  invalid_input:
    'This file is not a video that can be played. Save it as MP4 (H.264 picture, AAC sound) and upload it again.',
  download_failed: 'The file did not arrive completely. Please upload it again.',
}

function reason(errors: z.output<typeof Asset>['errors']): string {
  const known = reasons[errors?.type ?? '']
  return worded(
    known ?? 'The video could not be processed. Please upload it again.',
    errors?.messages?.join(' '),
  )
}

function worded(sentence: string, detail: string | null | undefined): string {
  return detail ? `${sentence} (${detail.slice(0, 300)})` : sentence
}
