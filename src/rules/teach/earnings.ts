/** How many days, today with them, an instructor looks back on. */
export const periods = [7, 30, 90, 365] as const
export type Period = (typeof periods)[number]

/** The period somebody asked for in an address; nonsense is the usual 30 days. */
export const periodFrom = (text: string | undefined): Period =>
  periods.find((days) => String(days) === text) ?? 30

/** Amounts in paise. A free join is not a sale; a refund belongs to the day of its sale. */
export interface Figures {
  sales: number
  soldPaise: number
  refundedPaise: number
  freeJoins: number
}

export const netOf = ({ soldPaise, refundedPaise }: Figures): number => soldPaise - refundedPaise

export function total(list: Figures[]): Figures {
  const sum = { sales: 0, soldPaise: 0, refundedPaise: 0, freeJoins: 0 }
  for (const each of list) {
    sum.sales += each.sales
    sum.soldPaise += each.soldPaise
    sum.refundedPaise += each.refundedPaise
    sum.freeJoins += each.freeJoins
  }
  return sum
}

/** Days in a row as one, so that a year has as many bars as can be told apart; the last span is always whole, the first may not be. */
export function groupDays<Day extends Figures & { date: string }>(
  days: Day[],
  size: number,
): (Figures & { date: string })[] {
  const first = days.length % size
  const starts = first === 0 ? [] : [0]
  for (let start = first; start < days.length; start += size) starts.push(start)
  return starts.map((start, index) => {
    const span = days.slice(start, starts[index + 1])
    return { date: span[0]?.date ?? '', ...total(span) }
  })
}

export type SaleState = 'Paid' | 'Partly refunded' | 'Refunded' | 'Free' | 'Free, ended'

/** What became of a sale, in the words of the instructor's file. */
export function saleState(sale: { pricePaise: number; refundedPaise: number; isKept: boolean }): SaleState {
  if (sale.pricePaise === 0) return sale.isKept ? 'Free' : 'Free, ended'
  if (sale.refundedPaise >= sale.pricePaise) return 'Refunded'
  return sale.refundedPaise > 0 ? 'Partly refunded' : 'Paid'
}
