export interface PaymentError {
  code: string
  description: string
  source: string
  step: string
  reason: string
}

export const DECLINED: PaymentError = {
  code: 'BAD_REQUEST_ERROR',
  description: 'Your payment was declined by the bank. Please try another payment method.',
  source: 'bank',
  step: 'payment_authorization',
  reason: 'payment_failed',
}

export const TIMED_OUT: PaymentError = {
  code: 'GATEWAY_ERROR',
  description: 'Payment was not completed on time.',
  source: 'bank',
  step: 'payment_authorization',
  reason: 'payment_timed_out',
}

export const PENDING: PaymentError = {
  code: 'GATEWAY_ERROR',
  description: 'Your payment is pending at your bank. You will hear when it is confirmed.',
  source: 'bank',
  step: 'payment_authorization',
  reason: 'payment_pending',
}

type Status = 400 | 401 | 404 | 409 | 429 | 500 | 503

/** A request Razorpay would refuse, in its words (https://razorpay.com/docs/errors). */
export class Refused extends Error {
  readonly status: Status
  readonly field: string | undefined
  readonly reason: string
  constructor(description: string, field?: string, status: Status = 400) {
    super(description)
    this.status = status
    this.field = field
    this.reason = field ? 'input_validation_failed' : 'NA'
  }
  body() {
    const { message: description, field, reason } = this
    const code = this.status >= 500 ? 'SERVER_ERROR' : 'BAD_REQUEST_ERROR'
    const source = field ? 'business' : 'NA'
    return {
      error: {
        code,
        description,
        source,
        step: field ? 'payment_initiation' : 'NA',
        reason,
        metadata: {},
        field,
      },
    }
  }
}

/** The entity with this id. */
export function found<T extends { id: string }>(list: T[], id: string): T {
  const entity = list.find((one) => one.id === id)
  if (!entity) throw new Refused('The id provided does not exist')
  return entity
}
