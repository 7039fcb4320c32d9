import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Delivery } from '../../sandbox/deliveries'
import { openMuxSandbox } from '../../sandbox/mux/server'
import { servePart } from '../../sandbox/serve'
import { readConfig } from '../../src/config'
import { openMux } from '../../src/ports/video/mux'
import type { VideoAsset, VideoEvent } from '../../src/ports/video/video'

export const clip = new URL('../clip.mp4', import.meta.url)

/**
 * The sandbox on a real port, the real adapter in front of it, and a stand-in for the application
 * that takes the webhooks.
 */
export async function openHarness(kept?: string) {
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'mux-')))
  const received: { body: string; headers: Headers }[] = []
  const answer = { status: 200 }
  const application = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = new Headers({ 'mux-signature': String(request.headers['mux-signature']) })
    received.push({ body: Buffer.concat(chunks).toString(), headers })
    response.writeHead(request.url === '/webhooks/mux' ? answer.status : 404).end()
  })
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`
  const { base, part, close } = await servePart('/mux', openMuxSandbox, { appOrigin: () => origin, dataDir })
  const config = readConfig({
    APP_ORIGIN: origin,
    DATABASE_URL: 'mysql://none',
    APP_SECRET: 'of these tests and of nothing else',
    ...part.environment,
  })
  if (!config.mux) throw new Error('The sandbox does not configure Mux')
  const video = openMux(config.mux, origin)

  const harness = {
    base,
    origin,
    part,
    dataDir,
    config: config.mux,
    video,
    received,
    answer,
    /** Every webhook so far, checked and read by the adapter, in the order they arrived. */
    events: () =>
      Promise.all(received.map(({ body, headers }): Promise<VideoEvent> => video.readWebhook(body, headers))),
    settings: (change: object) => post(`${base}/settings`, change),
    state: async () =>
      json<{ uploads: object[]; assets: { playback_ids: { policy: string }[] }[] }>(`${base}/state`),
    deliveries: () => json<Delivery[]>(`${base}/deliveries`),
    resend: (id: string) => fetch(`${base}/deliveries/${id}/resend`, { method: 'POST' }),
    open: (uploadId = 'row-1') =>
      video.openUpload({ uploadId, title: 'A <b>clip</b>', creatorId: 'instructor' }),
    async listed(): Promise<string[]> {
      const ids: string[] = []
      for await (const { assetId } of video.listAssets()) ids.push(assetId)
      return ids
    },
    /** Uploads the test clip, or other bytes, and waits for what becomes of it. */
    async asset(bytes?: Uint8Array<ArrayBuffer>): Promise<VideoAsset> {
      const { url, vendorUploadId } = await harness.open()
      const put = await fetch(url, { method: 'PUT', body: bytes ?? new Uint8Array(await readFile(clip)) })
      if (put.status !== 200) throw new Error(`The upload was answered ${put.status}`)
      return harness.settled(vendorUploadId)
    },
    async settled(vendorUploadId: string): Promise<VideoAsset> {
      return eventually(async () => {
        const upload = await video.findUpload(vendorUploadId)
        const asset = upload?.assetId ? await video.findAsset(upload.assetId) : null
        return asset && asset.state !== 'preparing' ? asset : null
      })
    },
    /** Stops everything but the files. */
    async stop() {
      await close()
      application.closeAllConnections()
      await new Promise((resolve) => application.close(resolve))
    },
    async close() {
      await harness.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return harness
}

export type Harness = Awaited<ReturnType<typeof openHarness>>

/** Asks again until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const giveUp = Date.now() + 30_000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > giveUp) throw new Error('It never came true')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const post = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T
}
