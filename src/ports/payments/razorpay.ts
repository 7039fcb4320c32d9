import Razorpay from 'razorpay'
import type { RazorpayConfig } from '../../config'
import { AppError } from '../../errors'
import type { Payments } from './payments'
import { CURRENCY, checkoutFields, isPaymentId, readReceipt } from './razorpay-checkout'
import { isNotFound, pagesOf, refusalWords, request, restOf, span } from './razorpay-requests'
import {
  DisputeAnswer,
  OrderAnswer,
  PaymentAnswer,
  PaymentsAnswer,
  pageOf,
  RefundAnswer,
  RefundsAnswer,
} from './razorpay-shapes'
import { isSigned, readEvent } from './razorpay-webhook'

const API = 'https://api.razorpay.com'
const CHECKOUT_JS = 'https://checkout.razorpay.com/v1/checkout.js'

/** https://razorpay.com/docs/api */
export function openRazorpay(config: RazorpayConfig): Payments {
  const api = config.RAZORPAY_API_BASE ?? API
  const scriptUrl = config.RAZORPAY_CHECKOUT_JS ?? CHECKOUT_JS
  const sdk = new Razorpay({ key_id: config.RAZORPAY_KEY_ID, key_secret: config.RAZORPAY_KEY_SECRET })
  const rest = restOf(sdk, api)

  const findPayment = async (paymentId: string) => {
    if (!isPaymentId(paymentId)) return null
    try {
      return await request(() => sdk.payments.fetch(paymentId), PaymentAnswer)
    } catch (error) {
      if (isNotFound(error)) return null
      throw error
    }
  }

  return {
    async ping(signal) {
      await request(() => rest.get('/v1/payments?count=1', signal), pageOf(PaymentAnswer))
    },

    async openOrder({ receipt, amountPaise, notes }) {
      // Not in the typings: makes a repeated receipt answer the first order, not a second one.
      const body = { receipt, amount: amountPaise, currency: CURRENCY, notes, unique_receipt: true }
      const order = await request(() => sdk.orders.create(body), OrderAnswer)
      if (order.amountPaise !== amountPaise || order.currency !== CURRENCY)
        throw new AppError('upstream', 'The payment service opened an order over another amount.', {
          cause: order,
        })
      return { id: order.id }
    },

    async findOrder(vendorOrderId) {
      try {
        return await request(() => sdk.orders.fetch(encodeURIComponent(vendorOrderId)), OrderAnswer)
      } catch (error) {
        if (isNotFound(error)) return null
        throw error
      }
    },

    listPayments: (vendorOrderId) =>
      request(() => sdk.orders.fetchPayments(encodeURIComponent(vendorOrderId)), PaymentsAnswer),

    listPaymentsBetween: (from, to) =>
      pagesOf((page) => sdk.payments.all({ ...page, ...span(from, to) }), PaymentAnswer),
    listRefundsBetween: (from, to) =>
      pagesOf((page) => sdk.refunds.all({ ...page, ...span(from, to) }), RefundAnswer),
    listDisputes: () => pagesOf((page) => sdk.disputes.all(page), DisputeAnswer),

    findPayment,

    async capture(paymentId, amountPaise) {
      try {
        return await request(
          () => sdk.payments.capture(encodeURIComponent(paymentId), amountPaise, CURRENCY),
          PaymentAnswer,
        )
      } catch (error) {
        // A second capture is refused; whether that is the reason, the payment itself tells.
        const payment = await findPayment(paymentId)
        if (payment?.state === 'captured' || payment?.state === 'refunded') return payment
        throw error
      }
    },

    refund: ({ paymentId, amountPaise, key, notes, speed = 'normal' }) =>
      // The SDK lets no idempotency header through, so this one request goes by its HTTP client.
      request(
        () =>
          rest.post(
            `/v1/payments/${encodeURIComponent(paymentId)}/refund`,
            { amount: amountPaise, speed, notes },
            { headers: { 'X-Refund-Idempotency': key } },
          ),
        RefundAnswer,
      ),

    readRefusal(error) {
      const words = refusalWords(error)
      return words === null ? null : { refused: /balance/i.test(words) ? 'balance' : 'for good', words }
    },

    listRefunds: (paymentId) =>
      request(
        () => sdk.payments.fetchMultipleRefund(encodeURIComponent(paymentId), { count: 100 }),
        RefundsAnswer,
      ),

    checkoutForm: (checkout) => ({
      action: `${api}/v1/checkout/embedded`,
      fields: checkoutFields(config.RAZORPAY_KEY_ID, checkout),
      scriptUrl,
    }),
    readReceipt,
    isPaymentId,
    isReceiptGenuine: ({ vendorOrderId, paymentId, signature }) =>
      isSigned(`${vendorOrderId}|${paymentId}`, signature, config.RAZORPAY_KEY_SECRET),

    async readWebhook(rawBody, headers) {
      const signature = headers.get('x-razorpay-signature')
      const secrets = [config.RAZORPAY_WEBHOOK_SECRET, config.RAZORPAY_WEBHOOK_SECRET_OLD]
      for (const secret of secrets)
        if (signature && secret && (await isSigned(rawBody, signature, secret)))
          return readEvent(rawBody, headers)
      throw new AppError('invalid', 'This message does not carry the payment service’s signature.')
    },

    readKeptWebhook: async ({ id, payload }) => ({
      ...(await readEvent(JSON.stringify(payload), new Headers())),
      id,
    }),

    hosts: hostsOf(config, [api, scriptUrl]),
  }
}

/**
 * The checkout loads scripts and pictures from its `cdn` and sends beacons to `lumberjack`, besides
 * the hosts of the interface and of its own script.
 */
function hostsOf(config: RazorpayConfig, urls: [api: string, script: string]): Payments['hosts'] {
  const [api, script] = urls.map((url) => new URL(url).origin) as [string, string]
  const isOwn = config.RAZORPAY_API_BASE ?? config.RAZORPAY_CHECKOUT_JS
  const all = isOwn ? [...new Set([script, api])] : ['https://*.razorpay.com']
  return { script: all, image: all, connect: all, frame: [api], form: [api] }
}
