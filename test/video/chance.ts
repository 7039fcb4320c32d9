/** Chance that can be had again: the same seed gives the same choices (mulberry32). */
export class Chance {
  constructor(private state: number) {}

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  below = (limit: number): number => Math.floor(this.next() * limit)
  happens = (share: number): boolean => this.next() < share
  of = <T>(list: readonly T[]): T | undefined => list[this.below(list.length)]
}
