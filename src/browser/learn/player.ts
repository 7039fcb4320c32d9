/** The only file of the browser that knows which player the video service brings. */

/** What we use of the player, which behaves as a video element does. */
export type Player = HTMLElement &
  Pick<
    HTMLMediaElement,
    'currentTime' | 'duration' | 'paused' | 'ended' | 'play' | 'pause' | 'playbackRate' | 'volume' | 'muted'
  >

/** What the server answers: the element to play, and for how many seconds it may. */
export interface FreshPlayer {
  tag: string
  attributes: Record<string, string>
  lifetimeSeconds: number
}

const playerTag = 'mux-player'

/** The player is a large script, so it comes when the page stands. */
export const loadPlayer = () => import('@mux/mux-player')

export const playerBox = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-player]')
export const playerIn = (box: Element): Player | null => box.querySelector<Player>(playerTag)
export const isInPlayer = (element: Element): boolean => element.closest(playerTag) !== null

/** A new player; `startSecond` instead of where the server would start it. */
export function makePlayer({ tag, attributes }: FreshPlayer, startSecond?: number): Player {
  const player = document.createElement(tag) as Player
  for (const [name, value] of Object.entries(attributes)) player.setAttribute(name, value)
  if (startSecond !== undefined) player.setAttribute('start-time', String(startSecond))
  return player
}

/** Where somebody is in the video and whether it plays; outlives a player that broke. */
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
