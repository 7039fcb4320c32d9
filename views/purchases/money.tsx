import type { Money } from '../../src/models/purchases/purchase-history'
import { amountIn } from '../../src/rules/format'
import { type MoneyLine, moneyLines } from '../../src/rules/purchases/money-lines'
import { Card } from '../parts/card'
import { Table } from '../parts/table'
import { When } from '../parts/text'

interface Props {
  order: { amountPaise: number }
  money: Money
  timeZone: string
}

/** Nothing before there was a payment. */
export function MoneyCard({ order, money, timeZone }: Props) {
  const lines = moneyLines(order, money)
  if (lines.length === 0) return null
  return (
    <Card title="Payments and refunds" id="money">
      <Table
        caption="Payments and refunds"
        hideCaption
        columns={[{ label: 'What' }, { label: 'Date' }, { label: 'Amount', align: 'end' }]}
        rows={lines.map((line) => ({
          cells: [
            wordsOf(line),
            line.at ? <When date={line.at} timeZone={timeZone} /> : '',
            <span class="price">{signed(line)}</span>,
          ],
        }))}
      />
    </Card>
  )
}

const signed = ({ kind, amount, currency }: MoneyLine): string => {
  const sign = amount < 0 ? '−' : kind === 'fee' ? '+' : ''
  return `${sign}${amountIn({ amountPaise: Math.abs(amount), currency })}`
}

const methods: Record<string, string> = {
  upi: 'by UPI',
  card: 'by card',
  netbanking: 'by net banking',
  wallet: 'from a wallet',
  emi: 'in instalments',
  paylater: 'by pay later',
}

const refundWords: Record<string, string> = {
  pending: 'Refund, on its way',
  processed: 'Refunded',
  failed: 'Failed refund',
}

const disputeWords: Record<string, string> = {
  won: 'Dispute, decided in the seller’s favour',
  lost: 'Dispute, decided in your favour',
  closed: 'Dispute, closed',
}

function wordsOf({ kind, detail }: MoneyLine): string {
  if (kind === 'price') return 'Price'
  if (kind === 'offer') return 'Discount at checkout'
  if (kind === 'fee') return 'Payment method fee'
  if (kind === 'refund') return refundWords[detail ?? ''] ?? 'Refund'
  if (kind === 'dispute') return disputeWords[detail ?? ''] ?? 'Disputed at your bank'
  const how = (detail && methods[detail]) ?? ''
  return `${kind === 'paid' ? 'Paid' : 'Paid again'} ${how}`.trim()
}
