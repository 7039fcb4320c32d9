import type { Ask } from '../../src/check'

export interface Clock {
  host: string
  /** By how much the other clock is ahead of this machine's. */
  aheadMs: number
}

/** Asks with a deadline, follows no redirect, and notes what each host's clock says. */
export function openAsk(deadlineMs: number): { ask: Ask; clocks: Clock[] } {
  const clocks: Clock[] = []
  const ask: Ask = async (url, init) => {
    const askedAt = Date.now()
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
      ...init,
    })
    const date = Date.parse(answer.headers.get('Date') ?? '')
    // It is told in whole seconds, and was written while the question was on its way.
    const middle = (askedAt + Date.now()) / 2
    if (!Number.isNaN(date)) clocks.push({ host: new URL(url).host, aheadMs: date + 500 - middle })
    return answer
  }
  return { ask, clocks }
}
