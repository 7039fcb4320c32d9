/** The payment service as it should be; its webhooks are delivered by hand. */
export const calm = {
  webhooks: 'off',
  delaySeconds: 0,
  down: false,
  answer: null,
  refunds: 'processed',
  capture: 'automatic',
  offerPercent: 0,
  customerFeePercent: 0,
  currency: 'INR',
  balance: 'enough',
}

export const moods: object[] = [
  { answer: '429' },
  { answer: '500' },
  { answer: 'html' },
  { answer: null, down: false, balance: 'enough' },
  { answer: null, down: false, refunds: 'processed' },
  { down: true },
  { refunds: 'pending' },
  { refunds: 'failed' },
  { balance: 0 },
]

/** How a dispute goes on, once or from its beginning. */
export const disputes = [
  ['created'],
  ['created', 'under_review', 'lost'],
  ['created', 'action_required', 'won'],
  ['lost'],
  ['won'],
  ['closed'],
]
