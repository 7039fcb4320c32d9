import { Hono } from 'hono'
import * as z from 'zod'
import { OrdersPage } from '../../../views/admin/orders'
import { AppError } from '../../errors'
import { searchOrders } from '../../models/admin/order-search'
import { sendReceiptAgain, syncOrderNow } from '../../models/admin/order-verbs'
import { giveCourse, takeCourseBack } from '../../models/purchases/grant'
import { refundOrder } from '../../models/purchases/order-refund'
import { paths } from '../../paths'
import { learntSentence } from '../../rules/admin/open-order'
import { readOrderQuery } from '../../rules/admin/order-query'
import { rupees } from '../../rules/format'
import { refundRefusal } from '../../rules/purchases/refund'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, go, show } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason, RefundForm } from '../purchases/fields'
import { type OrderContext, showOrder } from './order-page'

const actions = {
  grant: paths.adminOrderGrant,
  revoke: paths.adminOrderRevoke,
  refund: paths.adminOrderRefund,
}
type Verb = keyof typeof actions

const ReasonForm = z.object({ reason: Reason, password: Password })

const refuse = (verb: Verb) => (c: OrderContext, problem: FormProblem) =>
  showOrder(c, { ...problem, action: actions[verb](c.var.order.id) })

const accountDeleted = 'This account is deleted, so nobody could use the course.'

export const adminOrders = new Hono<Env>()
  .get(...on(paths.adminOrders), async (c) => {
    const { services } = c.var
    const query = readOrderQuery(new URL(c.req.url).searchParams)
    const found = await searchOrders(services, query)
    return show(c, {
      title: 'Orders',
      page: <OrdersPage {...{ found, query }} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .get(...on(paths.adminOrder), (c) => showOrder(c))
  .post(...on(paths.adminOrderCheck), async (c) => {
    const { services, user, order } = c.var
    try {
      const learnt = await syncOrderNow(services, user.id, order)
      return changed(c, { notice: learntSentence(learnt), to: paths.adminOrder(order.id) })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      leaveNotice(c, { kind: 'error', text: `Razorpay could not be reached. ${error.message}` })
      return go(c, paths.adminOrder(order.id))
    }
  })
  .post(...on(paths.adminOrderReceipt), async (c) => {
    const { services, user, order } = c.var
    const to = paths.adminOrder(order.id)
    if ((await sendReceiptAgain(services, user.id, order)) === 'queued')
      return changed(c, { notice: 'The receipt is on its way to the buyer.', to })
    leaveNotice(c, { kind: 'error', text: 'This order was not paid, so it has no receipt.' })
    return go(c, to)
  })
  .post(...on(paths.adminOrderGrant), form(ReasonForm, refuse('grant')), async (c) => {
    const { services, user, order } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('grant')(c, problem)
    const { userId, courseId } = order
    const given = await giveCourse(services, user.id, { userId, courseId, reason: typed.reason })
    if (given === 'account deleted')
      return refuse('grant')(c, { values: typed, errors: { reason: accountDeleted } })
    const notice = given === 'given' ? 'The buyer has the course now.' : 'The buyer had the course already.'
    return changed(c, { notice, to: paths.adminOrder(order.id) })
  })
  .post(...on(paths.adminOrderRevoke), form(ReasonForm, refuse('revoke')), async (c) => {
    const { services, user, order } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('revoke')(c, problem)
    const { userId, courseId } = order
    const taken = await takeCourseBack(services, user.id, { userId, courseId, reason: typed.reason })
    const notice =
      taken === 'taken back' ? 'The course is taken back.' : 'The buyer no longer had the course.'
    return changed(c, { notice, to: paths.adminOrder(order.id) })
  })
  .post(...on(paths.adminOrderRefund), form(RefundForm, refuse('refund')), async (c) => {
    const { services, user, order } = c.var
    const { amount, ...typed } = c.req.valid('form')
    const values = { reason: typed.reason, amount: amount === 'all' ? '' : String(amount / 100) }
    const problem = await passwordProblem(c, { ...values, password: typed.password })
    if (problem) return refuse('refund')(c, problem)
    const { reason, formKey } = typed
    const result = await refundOrder(services, user.id, order, { amountPaise: amount, reason, formKey })
    const to = paths.adminOrder(order.id)
    if (result === 'already') return changed(c, { notice: 'This refund has already been requested.', to })
    if ('refused' in result) return refuse('refund')(c, { values, errors: { amount: refundRefusal(result) } })
    return changed(c, { notice: `${rupees(result.amountPaise)} is on its way back to the buyer.`, to })
  })
