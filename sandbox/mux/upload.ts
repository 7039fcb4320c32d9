import { open, stat, truncate } from 'node:fs/promises'
import { Hono } from 'hono'
import type { Account } from './account'
import { type Chunk, readContentRange } from './range'
import type { AssetRecord, UploadRecord } from './records'

/**
 * Direct uploads as Google Cloud Storage takes them for Mux: PUT in chunks that may be sent again
 * or overlap, or whole. https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
export function muxUploads(account: Account, onAsset: (asset: AssetRecord) => void): Hono {
  const app = new Hono()
  /**
   * A new request for the same upload ends the one before it: its client is gone or has given up on
   * it.
   */
  const writers = new Map<string, { stop: AbortController; done: Promise<unknown> }>()

  app.use('/upload/:id', async (c, next) => {
    const upload = account.findUpload(c.req.param('id'))
    const origin = c.req.header('origin')
    if (origin && upload && [origin, '*'].includes(upload.corsOrigin)) {
      c.header('access-control-allow-origin', upload.corsOrigin)
      c.header('access-control-expose-headers', 'Range')
      c.header('vary', 'Origin')
      if (c.req.method === 'OPTIONS') {
        c.header('access-control-allow-methods', 'PUT')
        c.header('access-control-allow-headers', 'content-type, content-range')
        c.header('access-control-max-age', '3600')
      }
    }
    if (c.req.method === 'OPTIONS') return c.body(null, 204)
    if (account.settings.down) return c.text('The upload service does not work just now.', 500)
    await next()
  })

  app.put('/upload/:id', async (c) => {
    const upload = account.findUpload(c.req.param('id'))
    if (!upload) return c.text('No such upload.', 404)
    if (upload.status === 'asset_created') return c.body(null, 200)
    if (upload.status !== 'waiting') return c.text(`This upload is ${upload.status}.`, 410)
    const chunk = readContentRange(c.req.header('content-range'))
    if (!chunk) return c.text('Content-Range cannot be read.', 400)

    const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY)
    const before = writers.get(upload.id)
    const stop = new AbortController()
    const job = (async () => {
      before?.stop.abort()
      await before?.done.catch(() => {})
      return receive(account, upload, chunk, c.req.raw.body, length, stop.signal)
    })()
    const writer = { stop, done: job }
    writers.set(upload.id, writer)
    try {
      const { held, whole, problem } = await job
      if (problem) return c.text(problem, 400)
      if (!whole) {
        if (held > 0) c.header('range', `bytes=0-${held - 1}`)
        return c.body(null, 308)
      }
      // A cancellation, or the same last chunk sent twice, may have come first.
      if (upload.status === 'waiting') onAsset(account.finishUpload(upload))
      return c.body(null, 200)
    } catch {
      return c.text('The connection ended before the chunk did.', 503)
    } finally {
      if (writers.get(upload.id) === writer) writers.delete(upload.id)
    }
  })

  return app
}

interface Received {
  held: number
  whole: boolean
  problem?: string
}

/** Appends what is new of this chunk; what was held before is not read again. */
async function receive(
  account: Account,
  upload: UploadRecord,
  chunk: Chunk,
  body: ReadableStream<Uint8Array> | null,
  bodyLength: number,
  stop: AbortSignal,
): Promise<Received> {
  const file = account.sourceFile(upload.id)
  const total = chunk.kind === 'whole' ? null : (chunk.total ?? upload.totalBytes)
  if (upload.totalBytes !== null && total !== null && total !== upload.totalBytes) {
    return { held: 0, whole: false, problem: `This upload has ${upload.totalBytes} bytes, not ${total}.` }
  }
  upload.totalBytes = total
  if (chunk.kind === 'whole') await truncate(file, 0).catch(() => {})
  let held = await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
  if (chunk.kind === 'query') return { held, whole: total !== null && held >= total }

  let at = chunk.kind === 'whole' ? 0 : chunk.first
  const end = chunk.kind === 'whole' ? bodyLength : chunk.last + 1
  if (at > held)
    return held > 0 ? { held, whole: false } : { held, whole: false, problem: 'The first byte is missing.' }

  const reader = body?.getReader()
  // Not at the next byte: a connection that hangs has none.
  stop.addEventListener('abort', () => reader?.cancel().catch(() => {}), { once: true })
  const handle = await open(file, 'a')
  try {
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      const bytes = next.value
      if (at + bytes.length > end)
        return { held, whole: false, problem: 'The chunk is longer than announced.' }
      if (upload.status !== 'waiting') break
      const fresh = bytes.subarray(Math.min(bytes.length, held - at))
      at += bytes.length
      if (fresh.length > 0) {
        await handle.write(fresh)
        held += fresh.length
      }
    }
  } finally {
    await handle.close()
  }
  if (stop.aborted) throw new Error('Another request took over')
  if (upload.status !== 'waiting') return { held, whole: false, problem: `This upload is ${upload.status}.` }
  if (chunk.kind === 'whole') return { held, whole: bodyLength === Number.POSITIVE_INFINITY || at >= end }
  return { held, whole: at >= end && total !== null && held >= total }
}
