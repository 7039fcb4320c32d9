import { monthSpan, type Span, yearSpan } from '../purchases/financial-year'
import type { Figures } from '../purchases/money'

/** In days, today included. */
export const periods = [7, 30, 90, 365] as const

/** So many days up to now, or a month such as `2026-11` or a financial year such as `2026-27`. */
export type Period =
  | { days: (typeof periods)[number] }
  | { month: string; span: Span }
  | { year: string; span: Span }

/** The period that query parameters name; 30 days for anything else. */
export function periodFrom({ days, month, year }: Record<string, string | undefined>): Period {
  const ofMonth = month ? monthSpan(month) : null
  if (month && ofMonth) return { month, span: ofMonth }
  const ofYear = year ? yearSpan(year) : null
  if (year && ofYear) return { year, span: ofYear }
  return { days: periods.find((one) => String(one) === days) ?? 30 }
}

/** As query parameters, for links. */
export const periodQuery = (period: Period): { days: number } | { month: string } | { year: string } =>
  'days' in period ? period : 'month' in period ? { month: period.month } : { year: period.year }

/** "2026-11", "2026-27" or "30-days", for the name of a file. */
export const periodName = (period: Period): string =>
  'days' in period ? `${period.days}-days` : 'month' in period ? period.month : period.year

/** By the week where days would be too many to see. */
export const isByWeek = (period: Period): boolean =>
  'year' in period || ('days' in period && period.days === 365)

export const noFigures: Figures = { sales: 0, soldPaise: 0, refundedPaise: 0, freeJoins: 0 }

export function sumFigures(list: Figures[]): Figures {
  const sum = { ...noFigures }
  for (const each of list) {
    sum.sales += each.sales
    sum.soldPaise += each.soldPaise
    sum.refundedPaise += each.refundedPaise
    sum.freeJoins += each.freeJoins
  }
  return sum
}

/** Only the first span may be shorter than `size` days. */
export function groupDays<Day extends Figures & { date: string }>(
  days: Day[],
  size: number,
): (Figures & { date: string })[] {
  const first = days.length % size
  const starts = first === 0 ? [] : [0]
  for (let start = first; start < days.length; start += size) starts.push(start)
  return starts.map((start, index) => {
    const span = days.slice(start, starts[index + 1])
    return { date: span[0]?.date ?? '', ...sumFigures(span) }
  })
}
