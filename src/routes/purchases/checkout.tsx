import { Hono } from 'hono'
import { CheckoutPage } from '../../../views/purchases/checkout'
import { notFound } from '../../errors'
import type { User } from '../../models/account/session'
import { type Course, findCourse } from '../../models/catalogue/course'
import { openOrder } from '../../models/purchases/order'
import { joinCourse } from '../../models/purchases/purchase'
import { paths } from '../../paths'
import { refusalToSell } from '../../rules/purchases/purchase'
import { imageUrl, required, type Services } from '../../services'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

type OpenOrder = Awaited<ReturnType<typeof openOrder>>

export const checkout = new Hono<Env>().post(...on(paths.buy), async (c) => {
  const { services, user } = c.var
  const course = await findCourse(services, c.req.param('slug'), user.id)
  if (!course) throw notFound('course')
  const refusal = refusalToSell(course, { id: user.id, owns: course.isPurchased })
  if (refusal === 'has access') return c.redirect(paths.learn(course.slug), 303)
  if (refusal || course.pricePaise === null) throw notFound('course')
  if (course.pricePaise === 0) {
    await joinCourse(services, user.id, course.id)
    leaveNotice(c, { kind: 'success', text: `You have joined ${course.title}.` })
    return c.redirect(paths.learn(course.slug), 303)
  }
  const order = await openOrder(services, user.id, { ...course, pricePaise: course.pricePaise })
  const { scriptUrl, formAction } = required(services.payments, 'Buying').checkout
  const courseImageUrl = imageUrl(services, course.imageKey)
  return show(c, {
    title: `Buy ${course.title}`,
    plain: true,
    policy: 'checkout',
    scripts: ['checkout.js'],
    page: (
      <CheckoutPage
        course={{ ...course, imageUrl: courseImageUrl }}
        amountPaise={order.amountPaise}
        hosted={{ action: formAction, fields: hostedFields(services, user, course, order) }}
        scriptUrl={scriptUrl}
      />
    ),
  })
})

/** The fields of Razorpay's hosted checkout; the window takes the same. */
function hostedFields(
  services: Services,
  user: User,
  course: Course,
  order: OpenOrder,
): Record<string, string> {
  const { APP_ORIGIN, SITE_NAME } = services.config
  const image = imageUrl(services, course.imageKey)
  return {
    key_id: required(services.payments, 'Buying').checkout.keyId,
    order_id: order.razorpayOrderId,
    amount: String(order.amountPaise),
    currency: 'INR',
    name: SITE_NAME,
    description: course.title.slice(0, 250),
    ...(image ? { image } : {}),
    'prefill[name]': user.name,
    'prefill[email]': user.email,
    callback_url: `${APP_ORIGIN}${paths.purchaseCallback({ order: order.id })}`,
    cancel_url: `${APP_ORIGIN}${paths.purchase(order.id)}`,
  }
}
