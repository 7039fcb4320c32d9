import { Hono } from 'hono'
import { CheckoutPage } from '../../../views/purchases/checkout'
import { notFound } from '../../errors'
import { type Course, findCourse } from '../../models/catalogue/course'
import { type OpenOrder, openOrder } from '../../models/purchases/open-order'
import { joinCourse } from '../../models/purchases/purchase'
import { paths } from '../../paths'
import { refusalToBuy } from '../../rules/purchases/purchase'
import { imageUrl, required } from '../../services'
import type { Env } from '../../web/env'
import { type GuardedContext, on } from '../../web/guards'
import { changed, show } from '../../web/html'

export const checkout = new Hono<Env>().post(...on(paths.buy), async (c) => {
  const { services, user } = c.var
  const course = await findCourse(services, c.req.param('slug'), user.id)
  if (!course) throw notFound('course')
  const buyer = { id: user.id, owns: course.isPurchased }
  const refusal = refusalToBuy(course, buyer, services.payments !== null)
  if (refusal === 'has access') return c.redirect(paths.learn(course.slug), 303)
  if (refusal === 'not on sale' || course.pricePaise === null) throw notFound('course')
  if (course.pricePaise === 0) {
    await joinCourse(services, user.id, course.id)
    return changed(c, { notice: `You have joined ${course.title}.`, to: paths.learn(course.slug) })
  }
  const order = await openOrder(services, user.id, { ...course, pricePaise: course.pricePaise })
  return showCheckout(c, course, order)
})

function showCheckout(
  c: GuardedContext<'signedIn'>,
  { imageKey, ...course }: Course,
  order: OpenOrder,
): Promise<Response> {
  const { services, user } = c.var
  const { APP_ORIGIN, SITE_NAME } = services.config
  const shown = { ...course, imageUrl: imageUrl(services, imageKey) }
  const form = required(services.payments, 'Buying').checkoutForm({
    order,
    course: shown,
    buyer: user,
    siteName: SITE_NAME,
    urls: {
      callback: `${APP_ORIGIN}${paths.purchaseCallback({ order: order.id })}`,
      cancel: `${APP_ORIGIN}${paths.purchase(order.id)}`,
    },
  })
  return show(c, {
    title: `Buy ${course.title}`,
    plain: true,
    policy: 'checkout',
    scripts: ['checkout.js'],
    page: <CheckoutPage course={shown} amountPaise={order.amountPaise} form={form} />,
  })
}
