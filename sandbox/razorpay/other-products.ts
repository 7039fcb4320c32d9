/** Events that a shop hears although it never asked for the product. */
export const otherProducts: Record<string, object> = {
  'token.confirmed': {
    token: { entity: { id: 'token_Sandbox0000001', entity: 'token', method: 'upi', recurring: true } },
  },
  'payout.processed': {
    payout: { entity: { id: 'pout_Sandbox0000001', entity: 'payout', amount: 5000, status: 'processed' } },
  },
  'order.notification.delivered': {
    'order.notification': { entity: { id: 'notify_Sandbox0001', order_id: 'order_Sandbox0000001' } },
  },
  'payment.downtime.started': {
    'payment.downtime': { entity: { id: 'down_Sandbox0000001', method: 'upi', status: 'started' } },
  },
}
