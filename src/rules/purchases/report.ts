import { plainRupees } from '../csv'
import { stateName } from './gstin'
import { type MoneyKind, sellersFeePaise, settledPaise } from './money'

export interface ReportLine {
  kind: MoneyKind
  at: Date
  /** Of the payment, the refund or the dispute. */
  id: string
  orderId: string | null
  paymentId: string | null
  soldPaise: number
  backPaise: number
  paidPaise: number
  feePaise: number
  feeTaxPaise: number
  taxPaise: number
  /** Of the invoice or the note. */
  number: string | null
  course: string
  buyer: string
  state: string | null
}

/** What a period brought; taxes of refunds are off the taxes of sales. */
export function reportTotals(lines: ReportLine[]) {
  const total = { sales: 0, soldPaise: 0, refundedPaise: 0, taxPaise: 0, feePaise: 0, settledPaise: 0 }
  for (const line of lines) {
    const isSale = line.kind === 'sale'
    total.sales += isSale ? 1 : 0
    total.soldPaise += line.soldPaise
    total.refundedPaise += line.backPaise
    total.taxPaise += isSale ? line.taxPaise : -line.taxPaise
    total.feePaise += sellersFeePaise(line)
    total.settledPaise += settledPaise(line)
  }
  return total
}

const kinds: Record<MoneyKind, string> = {
  sale: 'Sale',
  refund: 'Refund',
  'refund-failed': 'Failed refund',
  lost: 'Lost dispute',
  join: 'Free join',
}
export const kindName = (kind: MoneyKind): string => kinds[kind]

/** The names never change, so that a sheet that reads the file goes on reading it. */
const columns = [
  ...['Time (UTC)', 'Kind', 'Course', 'Order', 'Payment', 'Refund or dispute', 'Invoice or credit note'],
  ...['Sold (INR)', 'Refunded (INR)', 'Tax included (INR)', 'Paid by buyer (INR)'],
  ...['Fee (INR)', 'GST on fee (INR)', 'Net settled (INR)'],
]

/** Rows of a file, to be laid beside the payment service's settlement. */
export function reportRows(lines: ReportLine[], { withBuyer }: { withBuyer: boolean }): string[][] {
  const rows = lines.map((line) => {
    const sign = line.kind === 'sale' ? 1 : -1
    return [
      ...[line.at.toISOString(), kindName(line.kind), line.course, line.orderId ?? '', line.paymentId ?? ''],
      ...[line.kind === 'sale' ? '' : line.id, line.number ?? ''],
      ...[line.soldPaise, line.backPaise, sign * line.taxPaise, line.paidPaise].map(plainRupees),
      ...[line.feePaise, line.feeTaxPaise, settledPaise(line)].map(plainRupees),
      ...(withBuyer ? [line.buyer, stateName(line.state)] : []),
    ]
  })
  return [[...columns, ...(withBuyer ? ['Buyer', 'State'] : [])], ...rows]
}
