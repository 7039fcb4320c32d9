/** One thing that was looked at, and how it stands. */
export interface Check {
  what: string
  /** `unasked`: it could not be asked, or only a person can look. */
  verdict: 'ok' | 'wrong' | 'unasked'
  said: string
  /** The one command or click that mends it, or where to look. */
  mend?: string
}

/** As `fetch`, with a deadline of its own, and it follows no redirect. */
export type Ask = (url: string, init?: RequestInit) => Promise<Response>

export const ok = (what: string, said: string): Check => ({ what, verdict: 'ok', said })
export const wrong = (what: string, said: string, mend: string): Check => ({
  what,
  verdict: 'wrong',
  said,
  mend,
})
export const unasked = (what: string, said: string, mend?: string): Check => ({
  what,
  verdict: 'unasked',
  said,
  ...(mend && { mend }),
})
