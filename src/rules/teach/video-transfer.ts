/** How a file goes in pieces, as Google Cloud Storage takes them: https://cloud.google.com/storage/docs/performing-resumable-uploads */

const unit = 256 * 1024
const leastBytes = unit
const mostBytes = 64 * 1024 * 1024
/** A link of 1 Mbit/s sends this in eight seconds, so that little is lost when it breaks. */
export const firstPieceBytes = 4 * unit

/** The header of bytes from `first` up to but not including `end`; without them the question how many are there. */
export const contentRange = (total: number, piece?: { first: number; end: number }): string =>
  piece ? `bytes ${piece.first}-${piece.end - 1}/${total}` : `bytes */${total}`

/** How many bytes a 308 says are there, from its Range header; null when it says nothing. */
export function receivedBytes(range: string | null): number | null {
  const last = /^bytes=0-(\d+)$/.exec(range?.trim() ?? '')?.[1]
  return last === undefined ? null : Number(last) + 1
}

/** The next piece: larger while pieces take less than four seconds, smaller when they take over thirty or break. Always a multiple of 256 KiB, as the protocol wants. */
export function nextPieceBytes(before: number, took: { milliseconds: number } | 'broken'): number {
  if (took === 'broken' || took.milliseconds > 30_000)
    return Math.max(leastBytes, Math.floor(before / 2 / unit) * unit)
  return took.milliseconds < 4_000 ? Math.min(mostBytes, before * 2) : before
}

/** What may go better next time: nothing came back (0), timeouts, too many requests, and faults of the server. */
export const isWorthRetrying = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500

/** Milliseconds to wait after so many breaks (1 or more) without a byte of progress. */
export const retryGapMs = (breaks: number): number => Math.min(30_000, 1000 * 2 ** (breaks - 1))

/** "3 min left", coarse enough not to jump about; null when nothing can be said. */
export function timeLeft(bytes: number, bytesPerSecond: number | null): string | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null
  const seconds = bytes / bytesPerSecond
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 60) return 'less than a minute left'
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min left`
  const hours = seconds / 3600
  return hours > 48 ? 'days left' : `about ${hours < 3 ? hours.toFixed(1) : Math.round(hours)} h left`
}
