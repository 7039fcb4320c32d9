import { Hono } from 'hono'
import * as z from 'zod'
import { PurchasesPage } from '../../../views/purchases/purchases'
import { notFound } from '../../errors'
import { findOrder, findOrderByReference } from '../../models/purchases/order'
import { askAboutOrders } from '../../models/purchases/order-question'
import { recoverOrder } from '../../models/purchases/order-sync'
import { listPurchases } from '../../models/purchases/purchase-history'
import { confirmReceipt } from '../../models/purchases/receipt'
import { paths } from '../../paths'
import { required } from '../../services'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

const RecoveryForm = z.object({
  reference: z
    .string()
    .trim()
    .min(1, 'Enter the order or payment number.')
    .max(64, 'That is longer than any order or payment number.'),
})

export const purchases = new Hono<Env>()
  .get(...on(paths.purchases), (c) => showPurchases(c))
  .post(...on(paths.purchaseReceipt), async (c) => {
    const { services, user } = c.var
    const receipt = await readReceipt(c)
    const reference = receipt.outcome === 'paid' ? receipt.vendorOrderId : ''
    const order = await findOrderByReference(services, user.id, reference)
    if (!order) throw notFound('order')
    await confirmReceipt(services, order, receipt)
    return c.redirect(paths.purchase(order.id), 303)
  })
  // Posted from another site without the session: only signature and our own order count.
  .post(...on(paths.purchaseCallback), async (c) => {
    const order = await findOrder(c.var.services, c.req.query('order') ?? '')
    await confirmReceipt(c.var.services, order, await readReceipt(c))
    return c.redirect(paths.purchase(order.id), 303)
  })
  .post(
    ...on(paths.purchaseRecovery),
    form(RecoveryForm, (c: GuardedContext<'signedIn'>, { values, errors }) =>
      showPurchases(c, { reference: values.reference ?? '', error: errors.reference }),
    ),
    async (c) => {
      const { services, user } = c.var
      const { reference } = c.req.valid('form')
      const order = await recoverOrder(services, user.id, reference)
      if (order) return c.redirect(paths.purchase(order.id), 303)
      return showPurchases(c, {
        reference,
        error: 'There is no order or payment with this number in your account.',
      })
    },
  )

async function readReceipt(c: AppContext) {
  const posted = await c.req.parseBody().catch(() => ({}))
  return required(c.var.services.payments, 'Buying').readReceipt(posted)
}

async function showPurchases(
  c: GuardedContext<'signedIn'>,
  recovery?: { reference: string; error?: string },
): Promise<Response> {
  const { services, user } = c.var
  const purchases = await listPurchases(services, user.id)
  const orders = purchases.flatMap(({ order }) => order ?? [])
  c.set('hasJobs', await askAboutOrders(services, orders))
  return show(c, {
    title: 'My purchases',
    status: recovery?.error ? 422 : 200,
    page: <PurchasesPage purchases={purchases} timeZone={services.config.TIME_ZONE} recovery={recovery} />,
  })
}
