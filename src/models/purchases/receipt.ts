import { AppError } from '../../errors'
import type { Receipt } from '../../ports/payments/payments'
import { required } from '../../services'
import type { Order } from './order'
import { askOrQueue } from './order-patience'
import { queueOrderSync } from './order-queue'
import { type PaymentServices, recordPayment } from './order-sync'

/** AppError `invalid` when it is forged; a job asks again where the payment service was silent. */
export async function confirmReceipt(
  services: PaymentServices,
  order: Order,
  receipt: Receipt,
): Promise<void> {
  if (receipt.outcome === 'declined') return queueOrderSync(services, order.id)
  const payments = required(services.payments, 'Buying')
  const { paymentId, signature } = receipt
  const { vendorOrderId } = order
  const isGenuine =
    vendorOrderId !== null && (await payments.isReceiptGenuine({ vendorOrderId, paymentId, signature }))
  if (!isGenuine)
    throw new AppError('invalid', 'This receipt was not signed by the payment service. Nothing has changed.')
  await askOrQueue(services, order.id, recordPaid(services, order, paymentId))
}

async function recordPaid(services: PaymentServices, order: Order, paymentId: string): Promise<void> {
  const payment = await required(services.payments, 'Buying').findPayment(paymentId)
  if (payment) await recordPayment(services, order, payment)
}
