import {
  firstPieceBytes,
  isWorthRetrying,
  nextPieceBytes,
  receivedBytes,
  retryGapMs,
} from '../../../rules/teach/video-transfer'
import { isReadable, type Piece, putPiece } from './piece'

export type Outcome = 'arrived' | 'refused' | 'unreadable' | 'cancelled'

export interface Report {
  state: 'sending' | 'paused' | 'broken'
  sentBytes: number
  bytesPerSecond: number | null
}

const askAfterBreaks = 3

const speedWindowMs = 15_000

/** Bytes per second. */
class Speed {
  private marks: { at: number; bytes: number }[] = []

  note(bytes: number): void {
    const at = performance.now()
    this.marks.push({ at, bytes })
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > speedWindowMs) this.marks.shift()
  }

  /** The speed before a break says nothing about the speed after it. */
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

export class Transfer {
  private isPaused = false
  private isCancelled = false
  private step = new AbortController()
  private receivedBytes = 0
  private pieceBytes = firstPieceBytes
  private breaks = 0
  private mustAsk = false
  private readonly speed = new Speed()

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

  resume(): void {
    this.isPaused = false
    this.step.abort()
  }

  cancel(): void {
    this.isCancelled = true
    this.step.abort()
  }

  async run(isContinued: boolean): Promise<Outcome> {
    this.mustAsk = isContinued
    for (;;) {
      this.step = new AbortController()
      if (this.isCancelled) return 'cancelled'
      if (this.isPaused) {
        await this.wait('paused')
        this.mustAsk = true
        continue
      }
      const outcome = await this.sendPiece()
      if (outcome) return outcome
    }
  }

  private async sendPiece(): Promise<Outcome | null> {
    const { file, receivedBytes: first } = this
    const piece = this.mustAsk ? null : { first, end: Math.min(file.size, first + this.pieceBytes) }
    if (piece && !(await isReadable(file, first))) return 'unreadable'
    this.report('sending')
    const startedAt = performance.now()
    const { status, range } = await putPiece(this.url, file, {
      piece,
      signal: this.step.signal,
      onProgress: (bytes) => {
        this.speed.note(first + bytes)
        this.report('sending', first + bytes)
      },
    })
    if (this.step.signal.aborted) {
      this.mustAsk = true
      return null
    }
    if (status >= 200 && status < 300) {
      this.receivedBytes = file.size
      this.report('sending')
      return 'arrived'
    }
    if (status !== 308) return isWorthRetrying(status) ? this.retry() : 'refused'
    const milliseconds = performance.now() - startedAt
    return this.noteReceived(piece, range, milliseconds) ? null : this.retry()
  }

  private noteReceived(piece: Piece | null, range: string | null, milliseconds: number): boolean {
    const before = this.receivedBytes
    // The vendor's own client takes a 308 without a range for a piece that has arrived.
    this.receivedBytes = receivedBytes(range) ?? piece?.end ?? 0
    if (piece) this.pieceBytes = nextPieceBytes(this.pieceBytes, { milliseconds })
    this.mustAsk = this.receivedBytes >= this.file.size
    const hasProgress = this.receivedBytes > before
    if (hasProgress) this.breaks = 0
    return hasProgress || piece === null
  }

  private async retry(): Promise<Outcome | null> {
    this.mustAsk = true
    this.breaks += 1
    this.pieceBytes = nextPieceBytes(this.pieceBytes, 'broken')
    if (this.breaks % askAfterBreaks === 0) {
      const answer = await this.on.askSite()
      if (answer === 'arrived') return 'arrived'
      if (answer === 'unwanted') return 'refused'
    }
    await this.wait('broken', retryGapMs(this.breaks))
    return null
  }

  private report(state: Report['state'], sentBytes = this.receivedBytes): void {
    this.on.report({ state, sentBytes, bytesPerSecond: this.speed.bytesPerSecond })
  }

  private wait(state: 'paused' | 'broken', milliseconds?: number): Promise<void> {
    this.speed.forget()
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
