import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { answerSettings, asUsual } from '../answer'
import { type Deliveries, openDeliveries } from '../deliveries'
import type { SandboxOptions } from '../sandbox'
import { openStore } from '../store'
import { eventOf } from './event'
import { type Keys, muxSignature } from './keys'
import type { AssetRecord, AssetSettings, UploadRecord } from './records'

export const Settings = z.strictObject({
  webhooks: z.enum(['on', 'off', 'duplicate', 'reorder']),
  delaySeconds: z.number().min(0).max(3600),
  failEncoding: z.boolean(),
  /** API and uploads answer 500; what is already encoded plays on. */
  down: z.boolean(),
  /** Where the dashboard says that webhooks go; null is where they go. */
  registeredAddress: z.url().nullable(),
  ...answerSettings,
})
export type Settings = z.output<typeof Settings>

export interface Account {
  webhookAddress(): string
  keys: Keys
  settings: Settings
  deliveries: Deliveries
  uploads(): UploadRecord[]
  /** Newest first. */
  assets(): AssetRecord[]
  publicKeys: Record<string, string>
  findUpload(id: string): UploadRecord | undefined
  findPlayback(playbackId: string): { asset: AssetRecord; signed: boolean } | undefined
  openUpload(request: {
    corsOrigin: string
    timeout: number
    assetSettings: AssetSettings
    url: (id: string) => string
  }): UploadRecord
  cancelUpload(upload: UploadRecord): boolean
  finishUpload(upload: UploadRecord): AssetRecord
  finishAsset(
    asset: AssetRecord,
    outcome: Pick<AssetRecord, 'status' | 'duration' | 'picture' | 'errors'>,
  ): void
  deleteAsset(id: string): boolean
  addKey(id: string, publicPem: string): void
  sourceFile(uploadId: string): string
  mediaDir(assetId: string): string
  close(): Promise<void>
}

export function openAccount(options: SandboxOptions, keys: Keys): Account {
  const { dataDir } = options
  for (const folder of ['uploads', 'media']) mkdirSync(join(dataDir, folder), { recursive: true })
  const store = openStore(join(dataDir, 'account.json'), {
    uploads: [] as UploadRecord[],
    assets: [] as AssetRecord[],
    publicKeys: {} as Record<string, string>,
  })
  const { state } = store
  const settings: Settings = {
    webhooks: 'on',
    delaySeconds: 0,
    failEncoding: false,
    down: false,
    registeredAddress: null,
    ...asUsual,
  }
  const webhookAddress = () => `${options.appOrigin()}/webhooks/mux`
  const deliveries = openDeliveries({
    file: join(dataDir, 'deliveries.json'),
    target: webhookAddress,
    headers: async ({ body }) => ({ 'mux-signature': muxSignature(body, undefined, keys.webhookSecret) }),
    settings,
  })

  const sourceFile = (uploadId: string) => join(dataDir, 'uploads', uploadId)
  const mediaDir = (assetId: string) => join(dataDir, 'media', assetId)

  function announce(type: string, about: UploadRecord | AssetRecord) {
    deliveries.send(eventOf(type, about))
    store.save()
  }

  /** Mux ends an upload that was not finished in time; here that is checked when it is read. */
  function expireIfOld(upload: UploadRecord): UploadRecord {
    if (upload.status === 'waiting' && Date.now() > upload.createdAt + upload.timeout * 1000) {
      upload.status = 'timed_out'
      rmSync(sourceFile(upload.id), { force: true })
      store.save()
    }
    return upload
  }

  return {
    webhookAddress,
    keys,
    settings,
    deliveries,
    uploads: () => state.uploads.map(expireIfOld),
    assets: () => state.assets.toReversed(),
    publicKeys: state.publicKeys,
    sourceFile,
    mediaDir,
    findUpload(id) {
      const upload = state.uploads.find((one) => one.id === id)
      return upload && expireIfOld(upload)
    },
    findPlayback(playbackId) {
      for (const asset of state.assets) {
        const playback = asset.playbackIds.find(({ id }) => id === playbackId)
        if (playback) return { asset, signed: playback.policy === 'signed' }
      }
    },
    openUpload({ corsOrigin, timeout, assetSettings, url }) {
      const id = newMuxId()
      const upload: UploadRecord = {
        id,
        url: url(id),
        status: 'waiting',
        corsOrigin,
        timeout,
        assetSettings,
        createdAt: Date.now(),
        totalBytes: null,
        assetId: null,
      }
      state.uploads.push(upload)
      announce('video.upload.created', upload)
      return upload
    },
    cancelUpload(upload) {
      if (upload.status !== 'waiting') return false
      upload.status = 'cancelled'
      rmSync(sourceFile(upload.id), { force: true })
      announce('video.upload.cancelled', upload)
      return true
    },
    finishUpload(upload) {
      const asset: AssetRecord = {
        id: newMuxId(),
        status: 'preparing',
        createdAt: Date.now(),
        readyFrom: Date.now() + settings.delaySeconds * 1000,
        uploadId: upload.id,
        settings: upload.assetSettings,
        playbackIds: upload.assetSettings.playback_policies.map((policy) => ({ id: newMuxId(), policy })),
        duration: null,
        picture: null,
        errors: null,
      }
      upload.status = 'asset_created'
      upload.assetId = asset.id
      state.assets.push(asset)
      announce('video.upload.asset_created', upload)
      announce('video.asset.created', asset)
      return asset
    },
    finishAsset(asset, outcome) {
      Object.assign(asset, outcome)
      rmSync(sourceFile(asset.uploadId), { force: true })
      if (state.assets.includes(asset)) announce(`video.asset.${asset.status}`, asset)
      else rmSync(mediaDir(asset.id), { recursive: true, force: true })
    },
    deleteAsset(id) {
      const index = state.assets.findIndex((one) => one.id === id)
      const [asset] = index < 0 ? [] : state.assets.splice(index, 1)
      if (!asset) return false
      rmSync(mediaDir(id), { recursive: true, force: true })
      rmSync(sourceFile(asset.uploadId), { force: true })
      announce('video.asset.deleted', asset)
      return true
    },
    addKey(id, publicPem) {
      state.publicKeys[id] = publicPem
      store.save()
    },
    async close() {
      await deliveries.close()
      await store.close()
    },
  }
}

function newMuxId(): string {
  return BigInt(`0x1${randomBytes(32).toString('hex')}`).toString(36)
}
