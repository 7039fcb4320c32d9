import { open, stat, truncate } from 'node:fs/promises'
import type { Chunk } from './range'
import type { UploadRecord } from './records'

export interface ChunkRequest {
  chunk: Chunk
  body: ReadableStream<Uint8Array> | null
  /** Infinity when it was not announced. */
  bodyLength: number
  stop: AbortSignal
}

export interface Received {
  /** How many bytes of the file are there. */
  held: number
  isComplete: boolean
  problem?: string
}

/**
 * Appends the new bytes of a chunk to the file of its upload; those that are there are not written
 * again.
 */
export async function receiveChunk(
  file: string,
  upload: UploadRecord,
  request: ChunkRequest,
): Promise<Received> {
  const { chunk, bodyLength, stop } = request
  const total = chunk.kind === 'whole' ? null : (chunk.total ?? upload.totalBytes)
  const expected = upload.totalBytes ?? total
  if (total !== null && total !== expected)
    return refused(0, `This upload has ${expected} bytes, not ${total}.`)
  upload.totalBytes = total
  if (chunk.kind === 'whole') await truncate(file, 0).catch(() => {})
  const held = await sizeOf(file)
  if (chunk.kind === 'query') return { held, isComplete: isAll(held, total) }

  const { first, end } =
    chunk.kind === 'whole' ? { first: 0, end: bodyLength } : { first: chunk.first, end: chunk.last + 1 }
  if (first > held) return missing(held)
  const written = await append(file, { ...request, upload, held, at: first, end })
  if (written.isTooLong) return refused(written.held, 'The chunk is longer than announced.')
  if (stop.aborted) throw new Error('Another request took over')
  if (upload.status !== 'waiting') return refused(written.held, `This upload is ${upload.status}.`)
  const hasChunk = written.at >= end || end === Number.POSITIVE_INFINITY
  const isLast = chunk.kind === 'whole' || isAll(written.held, total)
  return { held: written.held, isComplete: hasChunk && isLast }
}

interface Writing extends Pick<ChunkRequest, 'body' | 'stop'> {
  upload: UploadRecord
  held: number
  /** The position of the next byte of the body, and of the first one after the chunk. */
  at: number
  end: number
}

async function append(file: string, { body, stop, upload, held, at, end }: Writing) {
  const reader = body?.getReader()
  // A connection that hangs has no next byte at which to check.
  stop.addEventListener('abort', () => reader?.cancel().catch(() => {}), { once: true })
  const handle = await open(file, 'a')
  try {
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      const bytes = next.value
      if (at + bytes.length > end) return { held, at, isTooLong: true }
      if (upload.status !== 'waiting') break
      const fresh = bytes.subarray(Math.min(bytes.length, held - at))
      at += bytes.length
      if (fresh.length > 0) await handle.write(fresh)
      held += fresh.length
    }
  } finally {
    await handle.close()
  }
  return { held, at, isTooLong: false }
}

const isAll = (held: number, total: number | null) => total !== null && held >= total

/** The chunk begins after the bytes that are there. */
const missing = (held: number): Received =>
  held > 0 ? { held, isComplete: false } : refused(0, 'The first byte is missing.')

const refused = (held: number, problem: string): Received => ({ held, isComplete: false, problem })

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )
