/** How a chapter's video stands, as its teacher sees it. */
export type VideoState = 'none' | 'waiting' | 'preparing' | 'ready' | 'errored'

export interface UploadStanding {
  state: 'waiting' | 'preparing' | 'ready' | 'errored' | 'cancelled'
  /** Whether the vendor gave an address to send the bytes to. */
  isOpen: boolean
}

/**
 * Which of a chapter's uploads, newest first, its state speaks of: the newest that is under way, else the newest that ended by
 * itself; undefined when all were given up. An upload without an address yet is nobody's business.
 */
export function tellingUpload<U extends UploadStanding>(uploads: U[]): U | undefined {
  const known = uploads.filter(
    ({ state, isOpen }) => state !== 'cancelled' && (state !== 'waiting' || isOpen),
  )
  return known.find(({ state }) => state === 'waiting' || state === 'preparing') ?? known[0]
}

/** The state that a telling upload and the presence of a video make. A video without an upload was there before uploads were kept. */
export function videoState(telling: UploadStanding | undefined, hasVideo: boolean): VideoState {
  if (!telling || telling.state === 'ready' || telling.state === 'cancelled')
    return hasVideo ? 'ready' : 'none'
  return telling.state
}

export const isUnderWay = (state: VideoState): boolean => state === 'waiting' || state === 'preparing'
