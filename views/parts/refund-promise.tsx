import { type RefundTerms, refundPromise } from '../../src/rules/purchases/refund-rule'

/** The rule of refunds in words: before paying, and on the purchase's page. */
export function RefundPromise({ terms }: { terms: RefundTerms }) {
  return <span>{refundPromise(terms)}</span>
}
