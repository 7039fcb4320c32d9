import { minuteMs } from '../time'

/** Of papers and tax years, wherever the site runs. */
export const indiaTimeZone = 'Asia/Kolkata'

/** India has one time zone, without summer time. */
const indiaMs = 330 * minuteMs

/** `26-27` from the first of April 2026 in India. */
export function financialYear(at: Date): string {
  const there = new Date(at.getTime() + indiaMs)
  const start = there.getUTCFullYear() - (there.getUTCMonth() < 3 ? 1 : 0)
  return `${twoDigits(start)}-${twoDigits(start + 1)}`
}

const twoDigits = (year: number) => String(year % 100).padStart(2, '0')

const letters = { paper: '', 'credit-note': 'C', 'debit-note': 'D' }
export type Series = keyof typeof letters

/** Where the numbers of a kind are counted: `26-27/`, `26-27/C` or `26-27/D`. */
export const seriesOf = (kind: Series, at: Date): string => `${financialYear(at)}/${letters[kind]}`

/** `26-27/000123` or `26-27/C00012`: twelve characters, and never more than sixteen. */
export function invoiceNumber(series: string, count: number): string {
  return `${series}${String(count).padStart(12 - series.length, '0')}`
}

export interface Span {
  from: Date
  /** The first moment that does not belong to it. */
  until: Date
}

const startOfMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 1) - indiaMs)

/** A month such as `2026-11` in India; null for anything else. */
export function monthSpan(text: string): Span | null {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month) return null
  return {
    from: startOfMonth(Number(year), Number(month) - 1),
    until: startOfMonth(Number(year), Number(month)),
  }
}

/** A financial year such as `2026-27` in India; null for anything else. */
export function yearSpan(text: string): Span | null {
  const [, start, end] = /^(20\d\d)-(\d\d)$/.exec(text) ?? []
  if (!start || twoDigits(Number(start) + 1) !== end) return null
  return { from: startOfMonth(Number(start), 3), until: startOfMonth(Number(start) + 1, 3) }
}

/** `2026-11` in India. */
export const monthOf = (at: Date): string => new Date(at.getTime() + indiaMs).toISOString().slice(0, 7)

/** `2026-27` in India. */
export const yearOf = (at: Date): string => `20${financialYear(at)}`
