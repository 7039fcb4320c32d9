import { Hono } from 'hono'
import * as z from 'zod'
import { PurchasePage, PurchaseState } from '../../../views/purchases/purchase'
import { PurchasesPage } from '../../../views/purchases/purchases'
import { AppError, notFound } from '../../errors'
import { findOrder, findOwnOrder } from '../../models/purchases/order'
import { askBankSoon, bringReceipt } from '../../models/purchases/order-sync'
import { findPurchaseStatus, listPurchases } from '../../models/purchases/purchase'
import { recoverOrder } from '../../models/purchases/recovery'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { type GuardedContext, on } from '../../web/guards'
import { show } from '../../web/html'

const reference = z
  .string()
  .trim()
  .min(1, 'Type the order or payment number.')
  .max(64, 'That is longer than any number of ours or the bank’s.')
const RecoveryForm = z.object({ reference })
const Receipt = z.object({
  razorpay_order_id: z.string().min(1).max(64),
  razorpay_payment_id: z.string().min(1).max(64),
  razorpay_signature: z.string().min(1).max(256),
})
const unreadable = () => {
  throw new AppError('invalid', 'The receipt could not be read. Nothing has changed.')
}

export const purchases = new Hono<Env>()
  .get(...on(paths.purchases), (c) => showPurchases(c))
  .post(...on(paths.purchaseReceipt), form(Receipt, unreadable), async (c) => {
    const { services, user } = c.var
    const receipt = c.req.valid('form')
    const order = await findOwnOrder(services, user.id, receipt.razorpay_order_id)
    if (!order) throw notFound('order')
    await bringReceipt(services, order, {
      paymentId: receipt.razorpay_payment_id,
      signature: receipt.razorpay_signature,
    })
    return c.redirect(paths.purchase(order.id), 303)
  })
  // Comes from the bank's site, so without the session: only the signature and our own order count.
  .post(...on(paths.purchaseCallback), async (c) => {
    const { services } = c.var
    const order = await findOrder(services, c.req.query('order') ?? '')
    const posted = await c.req.parseBody().catch(unreadable)
    const receipt = Receipt.safeParse(posted)
    if (receipt.success) {
      await bringReceipt(services, order, {
        paymentId: receipt.data.razorpay_payment_id,
        signature: receipt.data.razorpay_signature,
      })
    } else if ('error[code]' in posted) {
      await askBankSoon(services, order.id)
    } else unreadable()
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
      if (!order) {
        return showPurchases(c, {
          reference,
          error: 'Neither we nor the bank know this number for your account.',
        })
      }
      return c.redirect(paths.purchase(order.id), 303)
    },
  )
  .get(...on(paths.purchase), async (c) => {
    const { services, order } = c.var
    const status = await findPurchaseStatus(services, order)
    const props = { status, timeZone: services.config.TIME_ZONE, canPay: services.payments !== null }
    return show(c, {
      title: status.course.title,
      page: <PurchasePage {...props} />,
      part: <PurchaseState {...props} />,
    })
  })

async function showPurchases(
  c: GuardedContext<'signedIn'>,
  recovery?: { reference: string; error?: string },
): Promise<Response> {
  const { services, user } = c.var
  const lines = await listPurchases(services, user.id)
  return show(c, {
    title: 'My purchases',
    status: recovery?.error ? 422 : 200,
    page: <PurchasesPage lines={lines} timeZone={services.config.TIME_ZONE} recovery={recovery} />,
  })
}
