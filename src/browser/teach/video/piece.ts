import { contentRange } from '../../../rules/teach/video-transfer'
import { minuteMs } from '../../../rules/time'

/** Up to but not including `end`. */
export interface Piece {
  first: number
  end: number
}

interface Request {
  piece: Piece | null
  signal: AbortSignal
  onProgress: (bytes: number) => void
}

interface Answer {
  /** 0 when none came. */
  status: number
  range: string | null
}

/** A lost connection may end without an event. */
const stallMs = minuteMs

/** Without a piece it asks how many bytes have arrived; `fetch` cannot report progress. */
export function putPiece(url: string, file: File, { piece, signal, onProgress }: Request): Promise<Answer> {
  const request = new XMLHttpRequest()
  return new Promise((resolve) => {
    let stalled = 0
    const alive = () => {
      clearTimeout(stalled)
      stalled = window.setTimeout(() => request.abort(), stallMs)
    }
    const stop = () => request.abort()
    const end = () => {
      clearTimeout(stalled)
      signal.removeEventListener('abort', stop)
      resolve({ status: request.status, range: request.getResponseHeader('Range') })
    }
    request.open('PUT', url)
    if (file.type) request.setRequestHeader('Content-Type', file.type)
    request.setRequestHeader('Content-Range', contentRange(file.size, piece))
    request.upload.addEventListener('progress', ({ loaded }) => {
      alive()
      onProgress(loaded)
    })
    request.addEventListener('loadend', end)
    if (signal.aborted) return resolve({ status: 0, range: null })
    signal.addEventListener('abort', stop)
    alive()
    request.send(piece ? file.slice(piece.first, piece.end) : null)
  })
}

export const isReadable = (file: File, at: number): Promise<boolean> =>
  file
    .slice(at, at + 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
