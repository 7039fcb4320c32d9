const windowMs = 15_000

/** How fast bytes go, over the last seconds. */
export class Pace {
  private marks: { at: number; bytes: number }[] = []

  note(bytes: number): void {
    const at = performance.now()
    this.marks.push({ at, bytes })
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > windowMs) this.marks.shift()
  }

  /** What was before a break says nothing about what comes after it. */
  forget(): void {
    this.marks = []
  }

  get bytesPerSecond(): number | null {
    const first = this.marks[0]
    const last = this.marks.at(-1)
    if (!first || !last || last.at - first.at < 1000) return null
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000
  }
}
