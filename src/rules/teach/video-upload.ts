import { daySeconds, hourSeconds, minuteSeconds } from '../time'

/** The state of a chapter's video, as its instructor sees it. */
export type VideoState = 'none' | 'waiting' | 'preparing' | 'ready' | 'errored'

export interface UploadSummary {
  state: 'waiting' | 'preparing' | 'ready' | 'errored' | 'cancelled'
  /** Whether it has a URL to send the bytes to. */
  isOpen: boolean
}

/**
 * The upload, of those of a chapter from the newest to the oldest, that its state is about: the
 * newest that is under way, or else the newest that was not cancelled. One that is not open yet
 * does not count.
 */
export function shownUpload<U extends UploadSummary>(uploads: U[]): U | undefined {
  const counted = uploads.filter(
    ({ state, isOpen }) => state !== 'cancelled' && (state !== 'waiting' || isOpen),
  )
  return counted.find(({ state }) => state === 'waiting' || state === 'preparing') ?? counted[0]
}

/** The state of a video from its shown upload; a video may be older than the table of uploads. */
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

/**
 * Seconds until an upload of this age is checked again: half its age, between 2 minutes and an
 * hour.
 */
export const nextSyncSeconds = (ageSeconds: number): number =>
  Math.min(hourSeconds, Math.max(2 * minuteSeconds, Math.round(ageSeconds / 2)))

/** Whether an upload in this state is too old to wait for. */
export function isExpired(
  upload: { state: 'waiting' | 'preparing'; isOpen: boolean },
  ageSeconds: number,
): boolean {
  if (upload.state === 'preparing') return ageSeconds > preparingSeconds
  return ageSeconds > (upload.isOpen ? waitingSeconds : openingSeconds)
}
