import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress'

export type Encoding = 'br' | 'gzip' | 'identity'

/** The best that the browser takes: https://www.rfc-editor.org/rfc/rfc9110#field.accept-encoding */
export function chooseEncoding(accepted: string): Encoding {
  const refused = /;\s*q=0(\.0*)?$/
  const offered = accepted.split(',').map((one) => one.trim().toLowerCase())
  const takes = (name: Encoding) => offered.some((one) => one.split(';', 1)[0] === name && !refused.test(one))
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : 'identity'
}

const quality = (level: number) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: level } })

/** For a copy that is sent many times. */
export const compressWell: Record<Encoding, (text: Buffer) => Promise<Buffer>> = {
  identity: async (text) => text,
  gzip: (text) => promisify(gzip)(text),
  br: (text) => promisify(brotliCompress)(text, quality(6)),
}

/** In this thread: a page takes less time than to wait for another one. */
const compressAtOnce: Record<Exclude<Encoding, 'identity'>, (text: Buffer) => Buffer<ArrayBuffer>> = {
  gzip: (text) => gzipSync(text, { level: 4 }),
  br: (text) => brotliCompressSync(text, quality(4)),
}

const smallest = 1024
const isPage = (type: string): boolean => type.startsWith('text/html')

export const compressOthers = compress({
  contentTypeFilter: (type) => !isPage(type) && COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type),
})

/** As a whole, which costs a fifth of what a stream does. */
export const compressPages: MiddlewareHandler = async (c, next) => {
  await next()
  const { status, headers, body } = c.res
  if (!isPage(headers.get('Content-Type') ?? '') || body === null || c.req.method === 'HEAD') return
  const text = Buffer.from(await c.res.arrayBuffer())
  const encoding = text.length < smallest ? 'identity' : chooseEncoding(c.req.header('Accept-Encoding') ?? '')
  // Else the headers of the answer before would be added to those of this one.
  c.res = undefined
  c.res = new Response(encoding === 'identity' ? text : compressAtOnce[encoding](text), { status, headers })
  c.header('Vary', 'Accept-Encoding', { append: true })
  if (encoding !== 'identity') c.header('Content-Encoding', encoding)
}
