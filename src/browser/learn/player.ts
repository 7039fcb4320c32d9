/** What we use of mux-player, which behaves as a video element does. */
export type Player = HTMLElement &
  Pick<
    HTMLMediaElement,
    'currentTime' | 'duration' | 'paused' | 'ended' | 'play' | 'pause' | 'playbackRate' | 'volume' | 'muted'
  >

export const playerBox = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-player]')

export const playerIn = (box: Element): Player | null => box.querySelector<Player>('mux-player')

/** Where somebody is in the video and whether it runs, as the player itself last said; outlives a player that broke. */
export class Place {
  seconds = 0
  isPlaying = false
  /** Whether the player has begun, so that `seconds` is more than a beginning. */
  hasBegun = false

  /** Events of media do not bubble, but are seen on their way down: so they are heard whichever player is in the box. */
  constructor(private readonly box: HTMLElement) {
    this.on('play', () => {
      this.isPlaying = true
    })
    this.on('pause', () => {
      this.isPlaying = false
    })
    for (const name of ['playing', 'seeked'] as const) {
      this.on(name, () => {
        this.hasBegun = true
        this.read()
      })
    }
    this.on('timeupdate', () => this.read())
  }

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
    if (this.hasBegun && Number.isFinite(currentTime)) this.seconds = currentTime
  }
}
