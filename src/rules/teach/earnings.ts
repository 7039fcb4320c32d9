/** In days, today included. */
export const periods = [7, 30, 90, 365] as const
export type Period = (typeof periods)[number]

/** The period that a query parameter names; 30 days for anything else. */
export const periodFrom = (text: string | undefined): Period =>
  periods.find((days) => String(days) === text) ?? 30

/** In paise; a free join is not a sale, and a refund belongs to the day of its sale. */
export interface Figures {
  sales: number
  soldPaise: number
  refundedPaise: number
  freeJoins: number
}

export const netOf = ({ soldPaise, refundedPaise }: Figures): number => soldPaise - refundedPaise

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

export type SaleState = 'Paid' | 'Partly refunded' | 'Refunded' | 'Free' | 'Free, ended'

export function saleState(sale: { pricePaise: number; refundedPaise: number; isKept: boolean }): SaleState {
  if (sale.pricePaise === 0) return sale.isKept ? 'Free' : 'Free, ended'
  if (sale.refundedPaise >= sale.pricePaise) return 'Refunded'
  return sale.refundedPaise > 0 ? 'Partly refunded' : 'Paid'
}
