import {
  contentRange,
  firstPieceBytes,
  isWorthRetrying,
  nextPieceBytes,
  receivedBytes,
  retryGapMs,
} from '../../../rules/teach/video-transfer'

export type Outcome = 'arrived' | 'refused' | 'unreadable' | 'cancelled'

export interface Report {
  state: 'sending' | 'paused' | 'broken'
  sentBytes: number
  bytesPerSecond: number | null
}

/** So many breaks in a row, and somebody asks whether the upload is wanted at all. */
const askAfterBreaks = 3

const paceWindowMs = 15_000

/** How fast bytes go, over the last seconds. */
class Pace {
  private marks: { at: number; bytes: number }[] = []

  note(bytes: number): void {
    const at = performance.now()
    this.marks.push({ at, bytes })
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > paceWindowMs) this.marks.shift()
  }

  /** What was before a break says nothing about what comes after it. */
  forget(): void {
    this.marks = []
  }

  get bytesPerSecond(): number | null {
    const first = this.marks[0]
    const last = this.marks.at(-1)
    if (!first || !last || last.at - first.at < 1000) return null
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000
  }
}

/** Moves one file to its address, piece by piece. After a break it asks how much is there and goes on from that byte. */
export class Transfer {
  private isPaused = false
  private isCancelled = false
  private step = new AbortController()
  private held = 0
  private readonly pace = new Pace()

  /** `askSite` tells what the site knows of this upload, where the address itself stays silent. */
  constructor(
    private readonly file: File,
    private readonly url: string,
    private readonly on: {
      report: (report: Report) => void
      askSite: () => Promise<'arrived' | 'wanted' | 'unwanted'>
    },
  ) {}

  pause(): void {
    this.isPaused = true
    this.step.abort()
  }

  /** Goes on, and at once where it was waiting to try again. */
  resume(): void {
    this.isPaused = false
    this.step.abort()
  }

  cancel(): void {
    this.isCancelled = true
    this.step.abort()
  }

  /** `mayHoldBytes` when this file was sent to this address before. */
  async run(mayHoldBytes: boolean): Promise<Outcome> {
    let mustAsk = mayHoldBytes
    let pieceBytes = firstPieceBytes
    let breaks = 0
    for (;;) {
      this.step = new AbortController()
      if (this.isCancelled) return 'cancelled'
      if (this.isPaused) {
        await this.rest('paused')
        mustAsk = true
        continue
      }
      const { held } = this
      const piece = mustAsk ? undefined : { first: held, end: Math.min(this.file.size, held + pieceBytes) }
      if (piece && !(await isReadable(this.file, held))) return 'unreadable'
      this.report('sending')
      const startedAt = performance.now()
      const { status, range } = await putPiece(this.url, this.file, piece, this.step.signal, (sent) => {
        this.pace.note(held + sent)
        this.report('sending', held + sent)
      })
      if (this.step.signal.aborted) {
        mustAsk = true
        continue
      }
      if (status >= 200 && status < 300) {
        this.held = this.file.size
        this.report('sending')
        return 'arrived'
      }
      if (status === 308) {
        // The vendor's own client takes a 308 that says nothing for a piece that arrived.
        this.held = receivedBytes(range) ?? piece?.end ?? 0
        pieceBytes = piece
          ? nextPieceBytes(pieceBytes, { milliseconds: performance.now() - startedAt })
          : pieceBytes
        mustAsk = this.held >= this.file.size
        if (this.held > held) breaks = 0
        if (this.held > held || !piece) continue
      } else if (!isWorthRetrying(status)) return 'refused'
      mustAsk = true
      breaks += 1
      pieceBytes = nextPieceBytes(pieceBytes, 'broken')
      if (breaks % askAfterBreaks === 0) {
        const answer = await this.on.askSite()
        if (answer === 'arrived') return 'arrived'
        if (answer === 'unwanted') return 'refused'
      }
      await this.rest('broken', retryGapMs(breaks))
    }
  }

  private report(state: Report['state'], sentBytes = this.held): void {
    this.on.report({ state, sentBytes, bytesPerSecond: this.pace.bytesPerSecond })
  }

  /** Until `milliseconds` are over, the connection is back, or somebody presses a button. */
  private rest(state: 'paused' | 'broken', milliseconds?: number): Promise<void> {
    this.pace.forget()
    this.report(state)
    const { signal } = this.step
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? 0 : window.setTimeout(end, milliseconds)
      function end() {
        clearTimeout(timer)
        window.removeEventListener('online', end)
        signal.removeEventListener('abort', end)
        resolve()
      }
      if (signal.aborted) return end()
      signal.addEventListener('abort', end)
      if (state === 'broken') window.addEventListener('online', end)
    })
  }
}

interface Answer {
  /** 0 when none came. */
  status: number
  range: string | null
}

/** A piece that stands still for so long is given up: the connection may be gone without a word. */
const stallMs = 60_000

/** PUTs one piece, or asks how many bytes are there. `fetch` cannot tell how far it is, so this does not use it. */
function putPiece(
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
const isReadable = (file: File, at: number): Promise<boolean> =>
  file
    .slice(at, at + 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
