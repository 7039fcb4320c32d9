import type { Limit } from '../../rules/limits'
import { required, type Services } from '../../services'
import { countUp } from '../limit'
import { findOwnOrder, type Order } from './order'
import { askBank } from './order-sync'

const perPerson: Limit = {
  kind: 'recovery-of-person',
  most: 30,
  windowSeconds: 3600,
  message: 'You have asked the bank often.',
}

/** "I paid but have no access": finds this student's order by our number, the bank's, or that of a payment, and asks the bank about it. Null when it is unknown or somebody else's; AppError `limited` after 30 times an hour, `upstream` while the bank does not answer. */
export async function recoverOrder(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
  userId: string,
  reference: string,
): Promise<Order | null> {
  await countUp(services, perPerson, userId)
  const order =
    (await findOwnOrder(services, userId, reference)) ??
    (reference.startsWith('pay_') ? await findOrderOfPayment(services, userId, reference) : null)
  if (order) await askBank(services, order)
  return order
}

async function findOrderOfPayment(
  services: Pick<Services, 'db' | 'payments'>,
  userId: string,
  paymentId: string,
): Promise<Order | null> {
  const payment = await required(services.payments, 'Buying').findPayment(paymentId)
  return payment?.vendorOrderId ? findOwnOrder(services, userId, payment.vendorOrderId) : null
}
