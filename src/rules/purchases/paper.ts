import { day, rupees } from '../format'
import { indiaTimeZone } from './financial-year'
import { stateName } from './gstin'
import type { Amounts } from './tax'

export interface Paper extends Amounts {
  kind: 'receipt' | 'invoice' | 'credit-note' | 'debit-note'
  number: string
  issuedAt: Date
  paymentId: string
  refundId: string | null
  details: {
    seller: { name: string; address: string | null; gstin: string | null; state: string | null }
    buyer: { name: string; email: string; gstin: string | null; state: string | null }
    text: string
    sac: string | null
    ratePercent: number | null
  }
}

export interface PaidBy {
  amountPaise: number
  currency: string
  method: string | null
  paidAt: Date
}

const titles = {
  ...{ receipt: 'Receipt', invoice: 'Tax invoice' },
  ...{ 'credit-note': 'Credit note', 'debit-note': 'Debit note' },
}

export const paperTitle = ({ kind }: Pick<Paper, 'kind'>): string => titles[kind]

export const paperDate = (at: Date): string => day(at, indiaTimeZone)

/** Label and amount of each line, the total last. */
export function paperLines(paper: Paper): [label: string, amount: string][] {
  const { ratePercent } = paper.details
  const total: [string, string] = ['Total', rupees(paper.totalPaise)]
  if (ratePercent === null) return [total]
  const taxes: [string, number, number][] = [
    ['CGST', ratePercent / 2, paper.cgstPaise],
    ['SGST', ratePercent / 2, paper.sgstPaise],
    ['IGST', ratePercent, paper.igstPaise],
  ]
  const isAcross = paper.igstPaise > 0
  return [
    ['Taxable value', rupees(paper.taxablePaise)],
    ...taxes
      .filter(([name]) => (name === 'IGST') === isAcross)
      .map(([name, rate, paise]): [string, string] => [`${name} at ${rate}%`, rupees(paise)]),
    total,
  ]
}

/** Who sold: name, address, GSTIN, each in a line. */
export const sellerLines = ({ details: { seller } }: Paper): string[] =>
  [
    seller.name,
    ...(seller.address?.split('\n') ?? []),
    stateName(seller.state),
    taxNumber(seller.gstin),
  ].filter(Boolean)

export const buyerLines = ({ details: { buyer } }: Paper): string[] =>
  [buyer.name, buyer.email, stateName(buyer.state), taxNumber(buyer.gstin)].filter(Boolean)

const taxNumber = (gstin: string | null) => (gstin ? `GSTIN ${gstin}` : '')

/** The state where the tax is due; empty without a tax. */
export const placeOfSupply = ({ details }: Paper): string =>
  details.ratePercent === null ? '' : stateName(details.buyer.state ?? details.seller.state)

const methods: Record<string, string> = {
  ...{ upi: 'UPI', card: 'Card', netbanking: 'Net banking', wallet: 'Wallet' },
  ...{ emi: 'Instalments (EMI)', paylater: 'Pay later' },
}

export const methodName = (method: string | null): string => (method ? (methods[method] ?? method) : '')

/** What a buyer paid beyond the price, for the way of paying; 0 unless both are in rupees. */
export const buyersFeePaise = (paper: Paper, paidBy: PaidBy | null): number =>
  paidBy?.currency === 'INR' ? Math.max(0, paidBy.amountPaise - paper.totalPaise) : 0
