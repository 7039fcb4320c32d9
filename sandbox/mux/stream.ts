import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Account } from './account'
import { storyboardCues, storyboardPicture, thumbnailPicture } from './images'
import { readRange } from './range'
import type { AssetRecord } from './records'
import { type Claims, readToken } from './token'

/** Where players find the pieces of a video, and pictures. */
export interface StreamAddresses {
  media: string
  image: string
}

/** Mux's stream.mux.com under /stream and image.mux.com under /image. */
export function muxStreams(account: Account, { media, image }: StreamAddresses): Hono {
  const app = new Hono()
  const { signingKeyId, signingPublicKey } = account.keys
  const open = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD'],
    exposeHeaders: ['Content-Length', 'Content-Range'],
  })
  app.use('/stream/*', open)
  app.use('/image/*', open)

  function admitted(c: Context, playbackId: string, use: 'v' | 't' | 's'): Admitted | Response {
    const found = account.findPlayback(playbackId)
    if (!found) return c.text('Not found', 404)
    const keys = { ...account.publicKeys, [signingKeyId]: signingPublicKey }
    const claims = found.signed ? readToken(c.req.query('token'), { playbackId, use }, keys) : null
    if (found.signed && !claims) return c.text('Forbidden', 403)
    if (found.asset.status !== 'ready') return c.text('The video is not ready to play', 412)
    return { asset: found.asset, claims, query: found.signed ? `?token=${c.req.query('token')}` : '' }
  }

  app.get('/stream/:file{[^/]+\\.m3u8}', async (c) => {
    const playbackId = c.req.param('file').slice(0, -'.m3u8'.length)
    const admission = admitted(c, playbackId, 'v')
    if (admission instanceof Response) return admission
    return playlist(
      c,
      join(account.mediaDir(admission.asset.id), 'index.m3u8'),
      `${media}/${playbackId}/`,
      admission.query,
    )
  })

  app.get('/stream/:playbackId/:file{[a-z0-9-]+\\.(m3u8|m4s)}', async (c) => {
    const admission = admitted(c, c.req.param('playbackId'), 'v')
    if (admission instanceof Response) return admission
    const file = join(account.mediaDir(admission.asset.id), c.req.param('file'))
    return file.endsWith('.m3u8') ? playlist(c, file, '', admission.query) : segment(c, file)
  })

  app.get('/image/:playbackId/:file{thumbnail\\.(jpg|png|webp)}', (c) => {
    const admission = admitted(c, c.req.param('playbackId'), 't')
    if (admission instanceof Response) return admission
    // With a token Mux believes the parameters inside it and none of the address.
    const time = Number((admission.claims ?? c.req.query()).time ?? Number.NaN)
    return picture(c, thumbnailPicture(admission.asset, time))
  })

  app.get('/image/:playbackId/:file{storyboard\\.(vtt|jpg|png|webp)}', (c) => {
    const admission = admitted(c, c.req.param('playbackId'), 's')
    if (admission instanceof Response) return admission
    if (!c.req.param('file').endsWith('.vtt')) return picture(c, storyboardPicture(admission.asset))
    const address = `${image}/${c.req.param('playbackId')}/storyboard.webp${admission.query}`
    return c.body(storyboardCues(admission.asset, address), 200, {
      'content-type': 'text/vtt; charset=utf-8',
    })
  })

  return app
}

interface Admitted {
  asset: AssetRecord
  claims: Claims | null
  query: string
}

/** Relative addresses drop the query of their playlist, so each is given the token again. */
async function playlist(c: Context, file: string, prefix: string, query: string) {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return c.text('Not found', 404)
  const carried = text
    .replace(/^[^#\s].*$/gm, (address) => `${prefix}${address}${query}`)
    .replace(/URI="([^"]+)"/g, (_, address: string) => `URI="${prefix}${address}${query}"`)
  return c.body(carried, 200, {
    'content-type': 'application/vnd.apple.mpegurl',
    'cache-control': 'no-store',
  })
}

async function segment(c: Context, file: string) {
  const size = await stat(file).then(
    (entry) => entry.size,
    () => null,
  )
  if (size === null) return c.text('Not found', 404)
  c.header('accept-ranges', 'bytes')
  c.header('content-type', 'video/iso.segment')
  const range = readRange(c.req.header('range'), size)
  if (range === null) {
    c.header('content-range', `bytes */${size}`)
    return c.body(null, 416)
  }
  const { first, last } = range === 'all' ? { first: 0, last: size - 1 } : range
  c.header('content-length', String(last - first + 1))
  if (range !== 'all') c.header('content-range', `bytes ${first}-${last}/${size}`)
  const bytes = Readable.toWeb(
    createReadStream(file, { start: first, end: last }),
  ) as ReadableStream<Uint8Array>
  return c.body(bytes, range === 'all' ? 200 : 206)
}

function picture(c: Context, svg: string) {
  return c.body(svg, 200, {
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
}
