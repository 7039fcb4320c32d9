import { randomUUID } from 'node:crypto'
import { type AssetRecord, assetShape, type UploadRecord, uploadShape } from './records'

export function eventOf(type: string, about: UploadRecord | AssetRecord) {
  const event = {
    type,
    id: randomUUID(),
    created_at: new Date().toISOString(),
    object: { type: type.startsWith('video.upload.') ? 'upload' : 'asset', id: about.id },
    environment: { id: 'sandbox', name: 'Sandbox' },
    data: 'playbackIds' in about ? numbered(assetShape(about)) : uploadShape(about),
    attempts: [],
  }
  return { id: event.id, type, body: JSON.stringify(event) }
}

/** Webhooks carry as a number what the API gives as text. */
const numbered = <T extends { created_at: string }>(data: T) => ({
  ...data,
  created_at: Number(data.created_at),
})
