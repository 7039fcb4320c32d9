import { type Context, Hono } from 'hono'
import type { Account } from './account'
import { readContentRange } from './range'
import { type Received, receiveChunk } from './receive'
import type { AssetRecord } from './records'

/** As Mux takes them: https://cloud.google.com/storage/docs/performing-resumable-uploads */
export function muxUploads(account: Account, onAsset: (asset: AssetRecord) => void): Hono {
  const app = new Hono()
  /** A new request for an upload ends the one before it, whose client has given up on it. */
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

    const request = {
      chunk,
      body: c.req.raw.body,
      bodyLength: Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY),
    }
    const result = await takeOver(upload.id, (stop) =>
      receiveChunk(account.sourceFile(upload.id), upload, { ...request, stop }),
    ).catch(() => null)
    if (!result) return c.text('The connection ended before the chunk did.', 503)
    // A cancellation, or the same last chunk sent twice, may have come first.
    if (result.isComplete && upload.status === 'waiting') onAsset(account.finishUpload(upload))
    return answer(c, result)
  })

  async function takeOver<T>(id: string, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const before = writers.get(id)
    const stop = new AbortController()
    const done = (async () => {
      before?.stop.abort()
      await before?.done.catch(() => {})
      return work(stop.signal)
    })()
    const writer = { stop, done }
    writers.set(id, writer)
    try {
      return await done
    } finally {
      if (writers.get(id) === writer) writers.delete(id)
    }
  }

  return app
}

function answer(c: Context, { held, isComplete, problem }: Received): Response {
  if (problem) return c.text(problem, 400)
  if (isComplete) return c.body(null, 200)
  if (held > 0) c.header('range', `bytes=0-${held - 1}`)
  return c.body(null, 308)
}
