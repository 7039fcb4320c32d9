import { Hono } from 'hono'
import * as z from 'zod'
import { approveAskedRefund, declineAskedRefund } from '../../models/purchases/refund-decision'
import { paths } from '../../paths'
import { rupees } from '../../rules/format'
import { refundRefusal } from '../../rules/purchases/refund'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason } from '../purchases/fields'
import { showOrder } from './order-page'

type RequestContext = GuardedContext<'adminRefundRequest'>

const ReasonForm = z.object({ reason: Reason, password: Password })
const actions = { approve: paths.adminRefundApprove, decline: paths.adminRefundDecline }
const refuse = (verb: keyof typeof actions) => (c: RequestContext, problem: FormProblem) =>
  showOrder(c, { ...problem, action: actions[verb](c.var.order.id, c.var.request.id) })
const decided = 'Somebody has already decided about this request.'

export const adminRefundRequests = new Hono<Env>()
  .post(...on(paths.adminRefundApprove), form(ReasonForm, refuse('approve')), async (c) => {
    const { services, user, order, request } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('approve')(c, problem)
    const to = paths.adminOrder(order.id)
    if (request.state !== 'asked') return changed(c, { notice: decided, to })
    const approval = await approveAskedRefund(services, user.id, request, typed.reason)
    if (!('refused' in approval))
      return changed(c, { notice: `${rupees(approval.amountPaise)} is on its way back to the buyer.`, to })
    if (approval.refused === 'decided already') return changed(c, { notice: decided, to })
    const why = approval.refused === 'not captured' ? ('not paid' as const) : approval.refused
    const reason = refundRefusal({ refused: why, leftPaise: approval.leftPaise })
    return refuse('approve')(c, { values: typed, errors: { reason } })
  })
  .post(...on(paths.adminRefundDecline), form(ReasonForm, refuse('decline')), async (c) => {
    const { services, user, order, request } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse('decline')(c, problem)
    const answer = await declineAskedRefund(services, user.id, request, typed.reason)
    const notice = answer === 'declined' ? 'Declined. The buyer gets your reason by email.' : decided
    return changed(c, { notice, to: paths.adminOrder(order.id) })
  })
