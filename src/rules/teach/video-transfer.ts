import { hourSeconds } from '../time'

/** Resumable uploads: https://cloud.google.com/storage/docs/performing-resumable-uploads */

const unit = 256 * 1024
const minBytes = unit
const maxBytes = 64 * 1024 * 1024
/** Takes eight seconds at 1 Mbit/s, so little is lost when the connection breaks. */
export const firstPieceBytes = 4 * unit

/** From `first` up to but not including `end`; null asks how many have arrived. */
export const contentRange = (total: number, piece: { first: number; end: number } | null): string =>
  piece ? `bytes ${piece.first}-${piece.end - 1}/${total}` : `bytes */${total}`

/** Of the Range header of a 308; null without one. */
export function receivedBytes(range: string | null): number | null {
  const last = /^bytes=0-(\d+)$/.exec(range?.trim() ?? '')?.[1]
  return last === undefined ? null : Number(last) + 1
}

/** Doubled below 4 seconds, halved above 30 or after a break; in units of 256 KiB. */
export function nextPieceBytes(before: number, took: { milliseconds: number } | 'broken'): number {
  if (took === 'broken' || took.milliseconds > 30_000)
    return Math.max(minBytes, Math.floor(before / 2 / unit) * unit)
  return took.milliseconds < 4_000 ? Math.min(maxBytes, before * 2) : before
}

/** 0 is no answer. */
export const isWorthRetrying = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500

/** `breaks` counts those without progress, from 1. */
export const retryGapMs = (breaks: number): number => Math.min(30_000, 1000 * 2 ** (breaks - 1))

/** "about 3 min left", coarse enough not to jump; null when the speed is unknown. */
export function timeLeft(bytes: number, bytesPerSecond: number | null): string | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null
  const seconds = bytes / bytesPerSecond
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 60) return 'less than a minute left'
  if (seconds < hourSeconds) return `about ${Math.round(seconds / 60)} min left`
  const hours = seconds / hourSeconds
  return hours > 48 ? 'days left' : `about ${hours < 3 ? hours.toFixed(1) : Math.round(hours)} h left`
}
