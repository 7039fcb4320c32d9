/** The state of a chapter's video, as its instructor sees it. */
export type VideoState = 'none' | 'waiting' | 'preparing' | 'ready' | 'errored'

export interface UploadSummary {
  state: 'waiting' | 'preparing' | 'ready' | 'errored' | 'cancelled'
  /** Whether the vendor gave an address to send the bytes to. */
  isOpen: boolean
}

/**
 * Which of a chapter's uploads, newest first, its state speaks of: the newest that is under way, else the newest that ended by
 * itself; undefined when all were cancelled. An upload without an address yet is nobody's business.
 */
export function shownUpload<U extends UploadSummary>(uploads: U[]): U | undefined {
  const known = uploads.filter(
    ({ state, isOpen }) => state !== 'cancelled' && (state !== 'waiting' || isOpen),
  )
  return known.find(({ state }) => state === 'waiting' || state === 'preparing') ?? known[0]
}

/** The state that the shown upload and the presence of a video make. A video without an upload was there before uploads were kept. */
export function videoState(shown: UploadSummary | undefined, hasVideo: boolean): VideoState {
  if (!shown || shown.state === 'ready' || shown.state === 'cancelled') return hasVideo ? 'ready' : 'none'
  return shown.state
}

export const isUnderWay = (state: VideoState): boolean => state === 'waiting' || state === 'preparing'
