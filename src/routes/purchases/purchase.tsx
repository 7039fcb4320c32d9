import { Hono } from 'hono'
import * as z from 'zod'
import { Purchase, PurchasePage } from '../../../views/purchases/purchase'
import { PurchaseState } from '../../../views/purchases/purchase-state'
import { headline, shortHeadline } from '../../../views/purchases/purchase-words'
import { findOwnOrder, noteShown } from '../../models/purchases/order'
import { askAboutOrder, checkOrderNow } from '../../models/purchases/order-question'
import { paths } from '../../paths'
import type { Visit } from '../../rules/purchases/polling'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, isPartial, show, trigger, unchanged } from '../../web/html'
import { openView, type View } from './purchase-view'

/** What a page that asks again has on it; nonsense is nothing. */
const Asked = z.object({
  seen: z.string().optional().catch(undefined),
  pay: z.string().optional().catch(undefined),
  since: z.coerce.number().int().positive().optional().catch(undefined),
  asking: z.literal('yes').optional().catch(undefined),
})

const CheckForm = z.object({ pay: z.string().optional() })

export const purchase = new Hono<Env>()
  .get(...on(paths.purchase), async (c) => {
    const { services, order } = c.var
    const { seen, pay, since, asking } = isPartial(c) ? Asked.parse(c.req.query()) : {}
    const visit: Visit = !seen ? 'opened' : asking ? 'checking' : 'polling'
    const answer = await askAboutOrder(services, order, visit)
    c.set('hasJobs', order.paymentId === null)
    const view = await openView(c, order, { answer, sinceSeconds: since })
    if (view.payForm) await noteShown(services, order)
    if (seen === view.state.shown.seen) return unchanged(c)
    if (seen) trigger(c, { announce: { text: headline(view.state) } })
    return showView(c, view, seen ? pay : undefined)
  })
  .post(
    ...on(paths.purchaseCheck),
    form(CheckForm, (c: GuardedContext<'ownOrder'>) => c.redirect(paths.purchase(c.var.order.id), 303)),
    async (c) => {
      const { services, user } = c.var
      const isAnswered = await checkOrderNow(services, c.var.order)
      const order = await findOwnOrder(services, user.id, c.var.order.id)
      const view = await openView(c, order, { answer: isAnswered ? null : 'silent' })
      return changed(c, {
        notice: isAnswered ? headline(view.state) : 'Razorpay does not answer just now. We keep asking.',
        to: paths.purchase(order.id),
        part: () => showView(c, view, c.req.valid('form').pay),
        isShown: true,
      })
    },
  )

/** `pay` says whether the page that asks has the form to pay on it. */
function showView(c: GuardedContext<'ownOrder'>, view: View, pay?: string): Promise<Response> {
  const isWhole = pay !== undefined && (pay !== view.state.shown.pay || view.policy === 'page')
  return show(c, {
    title: `${shortHeadline(view.state.standing)}: ${view.status.course.title}`,
    plain: view.payForm !== null,
    policy: view.policy,
    scripts: view.scriptUrl ? ['checkout.js'] : [],
    refreshSeconds: view.state.refreshSeconds,
    page: <PurchasePage {...view} />,
    part: isWhole ? <Purchase {...view} /> : <PurchaseState {...view.state} />,
    target: isWhole ? '#purchase' : undefined,
  })
}
