import { Hono } from 'hono'
import * as z from 'zod'
import { RefundForm, RefundPage } from '../../../views/purchases/refund'
import { findPurchaseStatus } from '../../models/purchases/purchase-history'
import { askForRefund, findRefundStanding, type RefundAnswer } from '../../models/purchases/refund-asking'
import { paths } from '../../paths'
import { rupees } from '../../rules/format'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { Reason } from './fields'

const RefundForms = z.object({ reason: Reason })

export const purchaseRefund = new Hono<Env>()
  .get(...on(paths.purchaseRefund), (c) => showRefund(c))
  .post(...on(paths.purchaseRefund), form(RefundForms, showRefund), async (c) => {
    const { services, order } = c.var
    const answer = await askForRefund(services, order, c.req.valid('form').reason)
    return changed(c, { notice: noticeOf(answer), to: paths.purchase(order.id) })
  })

function noticeOf(answer: RefundAnswer): string {
  if (answer === 'asked already') return 'You have asked already, and a person decides.'
  if (answer === 'nothing left') return 'There is nothing left to refund for this purchase.'
  if ('because' in answer) return `${answer.because} A person decides now, and you get the answer by email.`
  return `${rupees(answer.sentPaise)} is on its way back to you.`
}

async function showRefund(c: GuardedContext<'ownOrder'>, problem?: FormProblem): Promise<Response> {
  const { services, order } = c.var
  const [{ course }, standing] = await Promise.all([
    findPurchaseStatus(services, order),
    findRefundStanding(services, order),
  ])
  const props = {
    ...{ orderId: order.id, title: course.title, standing, terms: services.config },
    ...{ reason: problem?.values.reason, error: problem?.errors.reason },
  }
  return show(c, {
    title: `Refund: ${course.title}`,
    status: problem ? 422 : 200,
    page: <RefundPage {...props} />,
    part: <RefundForm {...props} />,
  })
}
