/** The only file of the browser that knows which player the video service brings. */

export type Player = HTMLElement &
  Pick<
    HTMLMediaElement,
    'currentTime' | 'duration' | 'paused' | 'ended' | 'play' | 'pause' | 'playbackRate' | 'volume' | 'muted'
  >

export interface FreshPlayer {
  tag: string
  attributes: Record<string, string>
  lifetimeSeconds: number
}

const playerTag = 'mux-player'

/** The player is a large script, so it comes when the page stands. */
export function loadPlayer(): Promise<unknown> {
  // Where it finds none, it loads Google's script for casting, which our policy refuses.
  const { chrome } = window as { chrome?: { cast?: object } }
  if (chrome) chrome.cast ??= {}
  return import('@mux/mux-player')
}

export const playerBox = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-player]')
export const playerIn = (box: Element): Player | null => box.querySelector<Player>(playerTag)
export const isInPlayer = (element: Element): boolean => element.closest(playerTag) !== null

export function makePlayer({ tag, attributes }: FreshPlayer, startSecond?: number): Player {
  const player = document.createElement(tag) as Player
  for (const [name, value] of Object.entries(attributes)) player.setAttribute(name, value)
  if (startSecond !== undefined) player.setAttribute('start-time', String(startSecond))
  return player
}

/** H.264 with AAC is what every video is made of; some browsers of Linux come without. */
export function canDecodeVideos(): boolean {
  const type = 'video/mp4; codecs="avc1.4d401f, mp4a.40.2"'
  if (window.MediaSource?.isTypeSupported(type)) return true
  return document.createElement('video').canPlayType(type) !== ''
}

export class Playback {
  seconds = 0
  isPlaying = false
  /** Whether the player has started, so that `seconds` is real. */
  hasStarted = false

  constructor(private readonly box: HTMLElement) {
    this.on('play', () => {
      this.isPlaying = true
    })
    this.on('pause', () => {
      this.isPlaying = false
    })
    for (const name of ['playing', 'seeked'] as const) {
      this.on(name, () => {
        this.hasStarted = true
        this.read()
      })
    }
    this.on('timeupdate', () => this.read())
  }

  /** Media events do not bubble, but can be captured, whichever player is in the box. */
  on(name: string, listener: () => void): void {
    this.box.addEventListener(
      name,
      (event) => {
        if (event.target === playerIn(this.box)) listener()
      },
      true,
    )
  }

  private read(): void {
    const { currentTime = Number.NaN } = playerIn(this.box) ?? {}
    if (this.hasStarted && Number.isFinite(currentTime)) this.seconds = currentTime
  }
}
