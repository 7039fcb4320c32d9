import { Hono } from 'hono'
import * as z from 'zod'
import { Payments, PaymentsPage } from '../../../views/admin/payments'
import { AppError } from '../../errors'
import { neededConfirmation } from '../../models/account/confirmation'
import { listPayments } from '../../models/admin/payments'
import { acceptPayment, returnPayment } from '../../models/purchases/held-payment'
import { dropRefund, listRefusedRefunds, retryRefund } from '../../models/purchases/refused-refund'
import { paths } from '../../paths'
import { amountIn } from '../../rules/format'
import { isOutcome } from '../../rules/purchases/outcome'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason } from '../purchases/fields'

type PaymentContext = GuardedContext<'adminPayment'>
type Verb = 'accept' | 'return'

const ReasonForm = z.object({ reason: Reason, password: Password })
const actions = { accept: paths.adminPaymentAccept, return: paths.adminPaymentReturn }
const decided = 'Somebody has already decided about this payment.'
const refusals = {
  owned: 'The buyer already owns the course. Send the payment back.',
  'account deleted': 'The buyer’s account is deleted. Send the payment back.',
  'no order': 'Razorpay has no order for this payment. Send it back.',
  'no buyer': 'The buyer named by Razorpay has no account here. Send the payment back.',
  'no course': 'The course named by Razorpay does not exist here. Send the payment back.',
}

export const adminPayments = new Hono<Env>()
  .get(...on(paths.adminPayments), (c) => {
    const outcome = c.req.query('outcome') ?? ''
    return showPayments(c, isOutcome(outcome) ? outcome : undefined)
  })
  .post(...on(paths.adminPaymentAccept), form(ReasonForm, refuse('accept')), async (c) => {
    const { services, user, payment } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('accept')(c, problem)
    const answer = await acceptPayment(services, user.id, payment.id, typed.reason).catch((error) => {
      if (error instanceof AppError && error.code === 'upstream') return error
      throw error
    })
    if (answer instanceof AppError)
      return refuse('accept')(c, { values: typed, errors: { reason: answer.message } })
    if (typeof answer === 'object')
      return refuse('accept')(c, { values: typed, errors: { reason: refusals[answer.refused] } })
    const notice =
      answer === 'granted' ? `${amountIn(payment)} is accepted, and the buyer has the course.` : decided
    return changed(c, { notice, to: paths.adminPayments() })
  })
  .post(...on(paths.adminPaymentReturn), form(ReasonForm, refuse('return')), async (c) => {
    const { services, user, payment } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('return')(c, problem)
    const answer = await returnPayment(services, user.id, payment.id, typed.reason)
    const notice = answer === 'returning' ? `${amountIn(payment)} is on its way back.` : decided
    return changed(c, { notice, to: paths.adminPayments() })
  })
  .post(...on(paths.adminRefundRetry), form(ReasonForm, refuseRefund(paths.adminRefundRetry)), async (c) => {
    const { services, user, payment, request } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuseRefund(paths.adminRefundRetry)(c, problem)
    const answer = await retryRefund(services, { ...request, actorId: user.id, reason: typed.reason })
    const notice =
      typeof answer === 'object'
        ? `${amountIn({ ...payment, ...answer })} is on its way back to the buyer.`
        : retried[answer]
    return changed(c, { notice, to: paths.adminPayments() })
  })
  .post(...on(paths.adminRefundDrop), form(ReasonForm, refuseRefund(paths.adminRefundDrop)), async (c) => {
    const { services, user, request } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuseRefund(paths.adminRefundDrop)(c, problem)
    const answer = await dropRefund(services, { ...request, actorId: user.id, reason: typed.reason })
    if (answer === 'has to go back') {
      const reason = 'This payment opened no course, so it has to go back. Try it again.'
      return refuseRefund(paths.adminRefundDrop)(c, { values: typed, errors: { reason } })
    }
    return changed(c, { notice: dropped[answer], to: paths.adminPayments() })
  })

const retried = {
  'nothing left': 'All of this payment is already refunded or on its way, so nothing more was sent.',
  'decided already': 'Somebody has already decided about this refund.',
}
const dropped = {
  dropped: 'The refund is dismissed. Nothing was sent.',
  'decided already': retried['decided already'],
}

function refuseRefund(action: typeof paths.adminRefundRetry | typeof paths.adminRefundDrop) {
  return (c: GuardedContext<'adminRefund'>, problem: FormProblem) =>
    showPayments(c, 'held', { ...problem, action: action(c.var.payment.id, c.var.request.id) })
}

function refuse(verb: Verb) {
  return (c: PaymentContext, problem: FormProblem) =>
    showPayments(c, 'held', { ...problem, action: actions[verb](c.var.payment.id) })
}

async function showPayments(
  c: GuardedContext<'admin'>,
  outcome: Parameters<typeof listPayments>[1],
  problem?: FormProblem & { action: string },
): Promise<Response> {
  const { services, user } = c.var
  const [found, refused, confirmation] = await Promise.all([
    listPayments(services, outcome),
    outcome === 'held' ? listRefusedRefunds(services) : [],
    neededConfirmation(services, user),
  ])
  const props = { found, refused, outcome, confirmation, problem, timeZone: services.config.TIME_ZONE }
  return show(c, {
    title: 'Payments',
    status: problem ? 422 : 200,
    page: <PaymentsPage {...props} />,
    part: <Payments {...props} />,
  })
}
