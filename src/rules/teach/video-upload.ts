import { daySeconds, hourSeconds, minuteSeconds } from '../time'

export type VideoState = 'none' | 'waiting' | 'preparing' | 'ready' | 'errored'

export interface UploadSummary {
  state: 'waiting' | 'preparing' | 'ready' | 'errored' | 'cancelled'
  isOpen: boolean
}

/**
 * Of the newest first: what is under way, else what was not cancelled; one not open does not count.
 */
export function shownUpload<U extends UploadSummary>(uploads: U[]): U | undefined {
  const counted = uploads.filter(
    ({ state, isOpen }) => state !== 'cancelled' && (state !== 'waiting' || isOpen),
  )
  return counted.find(({ state }) => state === 'waiting' || state === 'preparing') ?? counted[0]
}

/** A video may be older than the table of uploads. */
export function videoState(shown: UploadSummary | undefined, hasVideo: boolean): VideoState {
  if (!shown || shown.state === 'ready' || shown.state === 'cancelled') return hasVideo ? 'ready' : 'none'
  return shown.state
}

export const isUnderWay = (state: VideoState): boolean => state === 'waiting' || state === 'preparing'

/** The URL of an upload is valid for a day, and bytes may arrive until then. */
const waitingSeconds = 26 * hourSeconds
const preparingSeconds = 7 * daySeconds
/** Opening is one request of seconds, so an upload that is not open after this never will be. */
const openingSeconds = 10 * minuteSeconds

/** Half its age, between 2 minutes and an hour. */
export const nextSyncSeconds = (ageSeconds: number): number =>
  Math.min(hourSeconds, Math.max(2 * minuteSeconds, Math.round(ageSeconds / 2)))

export function isExpired(
  upload: { state: 'waiting' | 'preparing'; isOpen: boolean },
  ageSeconds: number,
): boolean {
  if (upload.state === 'preparing') return ageSeconds > preparingSeconds
  return ageSeconds > (upload.isOpen ? waitingSeconds : openingSeconds)
}
