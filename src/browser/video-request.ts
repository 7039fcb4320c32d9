import { contentRange } from '../rules/teach/video-transfer'

export interface Answer {
  /** 0 when none came. */
  status: number
  range: string | null
}

/** A piece that stands still for so long is given up: the connection may be gone without a word. */
const stallMs = 60_000

/** PUTs one piece, or asks how many bytes are there. `fetch` cannot tell how far it is, so this does not use it. */
export function putPiece(
  url: string,
  file: File,
  piece: { first: number; end: number } | undefined,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<Answer> {
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
      onSent(loaded)
    })
    request.addEventListener('loadend', end)
    if (signal.aborted) return resolve({ status: 0, range: null })
    signal.addEventListener('abort', stop)
    alive()
    request.send(piece ? file.slice(piece.first, piece.end) : null)
  })
}

/** Whether the file is still where it was when it was chosen. */
export const isReadable = (file: File, at: number): Promise<boolean> =>
  file
    .slice(at, at + 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
