import {
  firstPieceBytes,
  heldBytes,
  isWorthRetrying,
  nextPieceBytes,
  retryGapMs,
} from '../rules/teach/video-transfer'
import { Pace } from './video-pace'
import { isReadable, putPiece } from './video-request'

export type Outcome = 'arrived' | 'refused' | 'unreadable' | 'cancelled'

export interface Report {
  state: 'sending' | 'paused' | 'broken'
  sentBytes: number
  bytesPerSecond: number | null
}

/** So many breaks in a row, and somebody asks whether the upload is wanted at all. */
const askAfterBreaks = 3

/** Moves one file to its address, piece by piece. After a break it asks how much is there and goes on from that byte. */
export class Transfer {
  private isPaused = false
  private isCancelled = false
  private step = new AbortController()
  private held = 0
  private readonly pace = new Pace()

  /** `standing` tells what the site knows of this upload, where the address itself stays silent. */
  constructor(
    private readonly file: File,
    private readonly url: string,
    private readonly on: {
      report: (report: Report) => void
      standing: () => Promise<'arrived' | 'wanted' | 'unwanted'>
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
        this.held = heldBytes(range) ?? piece?.end ?? 0
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
        const standing = await this.on.standing()
        if (standing === 'arrived') return 'arrived'
        if (standing === 'unwanted') return 'refused'
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
