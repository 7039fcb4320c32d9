import type { VideoEvent } from '../../src/ports/video/video'
import type { Chance } from './chance'

/** How events arrive: in any order, not at all, or twice. */
export class EventDelivery {
  private readonly delivered: VideoEvent[] = []

  constructor(
    private readonly outbox: VideoEvent[],
    private readonly chance: Chance,
  ) {}

  /** An event, and whether it is lost. */
  draw(): { event: VideoEvent; isLost: boolean } | undefined {
    const again = this.chance.happens(0.1) ? this.chance.of(this.delivered) : undefined
    const event = again ?? this.take()
    if (!event) return undefined
    const isLost = this.chance.happens(0.15)
    if (!isLost) this.delivered.push(event)
    return { event, isLost }
  }

  take(): VideoEvent | undefined {
    const index = this.chance.happens(0.6) ? 0 : this.chance.below(this.outbox.length)
    return this.outbox.splice(index, 1)[0]
  }
}
