import { Hono } from 'hono'
import * as z from 'zod'
import { PurchasePage } from '../../../views/purchases/purchase'
import { saveBilling } from '../../models/purchases/billing'
import { paths } from '../../paths'
import { billingFrom } from '../../rules/purchases/billing'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { openView } from './purchase-view'

const BillingForm = z.object({
  name: z.string().trim().max(100, 'Use 100 characters or fewer.').default(''),
  gstin: z.string().trim().max(40, 'A GSTIN has 15 characters.').default(''),
  state: z.string().trim().max(2, 'Choose a state from the list.').default(''),
})

export const billing = new Hono<Env>().post(
  ...on(paths.purchaseBilling),
  form(BillingForm, (c: GuardedContext<'ownOrder'>, problem) => refuse(c, problem)),
  async (c) => {
    const { services, order } = c.var
    const typed = c.req.valid('form')
    const found = billingFrom(typed, services.config.SELLER_GSTIN !== undefined)
    if ('errors' in found) return refuse(c, { values: typed, errors: found.errors })
    const isInTime = await saveBilling(services, order.id, found.billing)
    return changed(c, {
      notice: isInTime
        ? 'Your billing details are saved.'
        : 'The order is closed: its papers stay as they were issued.',
      to: paths.purchase(order.id),
    })
  },
)

async function refuse(c: GuardedContext<'ownOrder'>, problem: FormProblem): Promise<Response> {
  const view = await openView(c, c.var.order, { answer: null, billing: problem })
  return show(c, {
    title: `Billing: ${view.status.course.title}`,
    status: 422,
    plain: view.payForm !== null,
    policy: view.policy,
    scripts: view.scriptUrl ? ['checkout.js'] : [],
    page: <PurchasePage {...view} />,
  })
}
