import type { Limit } from '../../rules/limits'
import { required, type Services } from '../../services'
import { countUp } from '../limit'
import { findOrderByReference, type Order } from './order'
import { syncOrder } from './order-sync'

const perUser: Limit = {
  kind: 'recovery-of-person',
  most: 30,
  windowSeconds: 3600,
  message: 'You have checked your payments often.',
}

/** "I paid but have no access": finds this user's order by our id, the payment service's, or that of a payment, and syncs it. Null when it is unknown or somebody else's; AppError `limited` after 30 times an hour, `upstream` while the payment service does not answer. */
export async function recoverOrder(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
  userId: string,
  reference: string,
): Promise<Order | null> {
  await countUp(services, perUser, userId)
  const payments = required(services.payments, 'Buying')
  let order = await findOrderByReference(services, userId, reference)
  if (!order && payments.isPaymentId(reference)) {
    const payment = await payments.findPayment(reference)
    if (payment?.vendorOrderId) order = await findOrderByReference(services, userId, payment.vendorOrderId)
  }
  if (order) await syncOrder(services, order)
  return order
}
