import { hourSeconds, later, minuteSeconds } from './time'

export interface Limit {
  kind: string
  most: number
  windowSeconds: number
  /** Past `most` each further count doubles a pause, instead of closing the rest of the window. */
  hasGrowingPauses?: boolean
  message: string
}

export interface Count {
  count: number
  endsAt: Date
}

const firstPauseSeconds = minuteSeconds
const longestPauseSeconds = hourSeconds

/** None below `most`, then 1, 2, 4 … minutes, at most an hour. */
export function pauseSeconds(limit: Limit, count: number): number {
  if (count < limit.most) return 0
  return Math.min(firstPauseSeconds * 2 ** (count - limit.most), longestPauseSeconds)
}

/** The window's end, or a whole window after the pause that the count has earned. */
export function endsAfter(limit: Limit, { count, endsAt }: Count, now: Date): Date {
  if (!limit.hasGrowingPauses || count < limit.most) return endsAt
  return later(now, pauseSeconds(limit, count) + limit.windowSeconds)
}

/** Null while there is room. */
export function closedUntil(limit: Limit, { count, endsAt }: Count, now: Date): Date | null {
  if (count < limit.most || endsAt <= now) return null
  const until = limit.hasGrowingPauses ? later(endsAt, -limit.windowSeconds) : endsAt
  return until > now ? until : null
}

/** Rounded up: `a minute`, `12 minutes`, `an hour`. */
export function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / minuteSeconds)
  if (minutes <= 1) return 'a minute'
  return minutes < 60 ? `${minutes} minutes` : 'an hour'
}

/** IPv6 counts as its /64, all of which one client can use. */
export function networkOf(ip: string): string {
  const plain = ip.toLowerCase().replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/.exec(plain)?.[1]
  if (mapped) return mapped
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const first = groups(head)
  const last = tail === undefined ? [] : groups(tail)
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

const groups = (text: string) => (text === '' ? [] : text.split(':'))
