import { AppError } from '../../src/errors'
import type { Video, VideoAsset, VideoEvent, VideoUpload } from '../../src/ports/video/video'
import { dayMs } from '../../src/rules/time'

/**
 * What goes wrong at one step of a process: nothing, the call is refused, or it works and its
 * answer is lost.
 */
export type Fault = 'none' | 'refused' | 'answer lost'

const uploadLifeMs = dayMs

interface Upload extends VideoUpload {
  createdAt: number
}

/**
 * A video service in memory that keeps the contract of the port, and remembers everything that
 * happened to it.
 */
export class Vendor implements Video {
  readonly uploads = new Map<string, Upload>()
  readonly assets = new Map<string, VideoAsset>()
  /** Events to deliver: when, how often and whether at all is the caller's decision. */
  readonly outbox: VideoEvent[] = []
  readonly hosts = { media: [], image: [], connect: [] }
  private count = 0

  /** `beforeDeletion` sees every asset that is about to be deleted by the product. */
  constructor(
    private readonly now: () => Date,
    private readonly fault: () => Fault,
    private readonly beforeDeletion: (assetId: string) => Promise<void>,
  ) {}

  async ping() {}

  readKeptWebhook(): Promise<VideoEvent> {
    throw new Error('Its events are never kept.')
  }

  async openUpload({ uploadId, creatorId }: { uploadId: string; title: string; creatorId: string }) {
    return this.call(() => {
      const vendorUploadId = this.newName('upload')
      const createdAt = this.now().getTime()
      const upload: Upload = {
        vendorUploadId,
        uploadId,
        state: 'waiting',
        assetId: null,
        error: null,
        createdAt,
      }
      this.uploads.set(vendorUploadId, upload)
      this.creators.set(vendorUploadId, creatorId)
      this.sendUploadEvent('video.upload.created', upload)
      return { vendorUploadId, url: vendorUploadId }
    })
  }

  async findUpload(vendorUploadId: string): Promise<VideoUpload | null> {
    return this.call(() => {
      const upload = this.uploads.get(vendorUploadId)
      if (!upload) return null
      this.timeOut(upload)
      return { ...upload }
    })
  }

  async cancelUpload(vendorUploadId: string): Promise<void> {
    await this.call(() => {
      const upload = this.uploads.get(vendorUploadId)
      if (upload?.state !== 'waiting') return
      upload.state = 'cancelled'
      this.sendUploadEvent('video.upload.cancelled', upload)
    })
  }

  async findAsset(assetId: string): Promise<VideoAsset | null> {
    return this.call(() => {
      const asset = this.assets.get(assetId)
      return asset ? { ...asset } : null
    })
  }

  async *listAssets(): AsyncIterable<VideoAsset> {
    for (const asset of await this.call(() => [...this.assets.values()].reverse())) yield { ...asset }
  }

  async deleteAsset(assetId: string): Promise<void> {
    await this.beforeDeletion(assetId)
    await this.call(() => this.remove(assetId))
  }

  player = async () => ({ tag: 'video', attributes: {} })
  readWebhook = async (): Promise<VideoEvent> => {
    throw new Error('Events come through the outbox here.')
  }

  /** What the instructor's browser does: true when the bytes were taken. */
  receiveBytes(url: string): boolean {
    const upload = this.uploads.get(url)
    if (!upload) return false
    this.timeOut(upload)
    if (upload.state !== 'waiting') return false
    const assetId = this.newName('asset')
    upload.state = 'asset_created'
    upload.assetId = assetId
    const asset: VideoAsset = {
      assetId,
      vendorUploadId: url,
      uploadId: upload.uploadId,
      creatorId: this.creators.get(url) ?? null,
      createdAt: this.now(),
      state: 'preparing',
      playbackId: `play-${assetId}`,
      durationSeconds: null,
      error: null,
    }
    this.assets.set(assetId, asset)
    this.sendUploadEvent('video.upload.asset_created', upload)
    this.sendAssetEvent('video.asset.created', asset)
    return true
  }

  encode(assetId: string, succeeds: boolean): void {
    const asset = this.assets.get(assetId)
    if (asset?.state !== 'preparing') return
    const done: VideoAsset = succeeds
      ? { ...asset, state: 'ready', durationSeconds: 61.4 }
      : { ...asset, state: 'errored', error: 'This file is not a video.' }
    this.assets.set(assetId, done)
    this.sendAssetEvent(`video.asset.${done.state}`, done)
  }

  /** Deletes an asset, whoever asked. */
  remove(assetId: string): void {
    const asset = this.assets.get(assetId)
    if (asset && this.assets.delete(assetId)) this.sendAssetEvent('video.asset.deleted', asset)
  }

  private readonly creators = new Map<string, string>()

  private async call<T>(work: () => T): Promise<T> {
    const fault = this.fault()
    if (fault === 'refused') throw new AppError('upstream', 'The vendor answers 500.')
    const result = work()
    if (fault === 'answer lost') throw new AppError('upstream', 'The vendor does not answer.')
    return result
  }

  private timeOut(upload: Upload): void {
    if (upload.state !== 'waiting' || this.now().getTime() - upload.createdAt < uploadLifeMs) return
    upload.state = 'timed_out'
    upload.error = 'The upload was not finished in time.'
    this.sendUploadEvent('video.upload.errored', upload)
  }

  private newName(kind: string): string {
    this.count += 1
    return `${kind}-${this.count}`
  }

  private sendUploadEvent(type: string, upload: VideoUpload): void {
    this.outbox.push({
      id: this.newName('event'),
      type,
      about: 'upload',
      upload: { ...upload },
    })
  }

  private sendAssetEvent(type: string, asset: VideoAsset): void {
    const deleted = type === 'video.asset.deleted'
    this.outbox.push({
      id: this.newName('event'),
      type,
      about: 'asset',
      deleted,
      asset: { ...asset },
    })
  }
}
