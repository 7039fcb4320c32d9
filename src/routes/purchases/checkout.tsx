import { Hono } from 'hono'
import { CheckoutPage } from '../../../views/purchases/checkout'
import { notFound } from '../../errors'
import type { Viewer } from '../../models/account/session'
import { openOrder } from '../../models/purchases/order'
import { findCourseOnOffer, joinCourse } from '../../models/purchases/purchase'
import { refusalToSell } from '../../rules/purchases/purchase'
import { required, type Services } from '../../services'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { show } from '../../web/html'

type Offer = NonNullable<Awaited<ReturnType<typeof findCourseOnOffer>>>
type OpenOrder = Awaited<ReturnType<typeof openOrder>>

export const checkout = new Hono<Env>().post('/courses/:slug/purchase', async (c) => {
  const viewer = await signedIn(c)
  const services = c.get('services')
  const course = await findCourseOnOffer(services, c.req.param('slug'), viewer.id)
  if (!course) throw notFound('course')
  const refusal = refusalToSell(course, { id: viewer.id, owns: course.owns })
  if (refusal === 'has access') return c.redirect(urls.learn(course.slug), 303)
  if (refusal || course.pricePaise === null) throw notFound('course')
  if (course.pricePaise === 0) {
    await joinCourse(services, viewer.id, course.id)
    leaveNotice(c, { kind: 'success', text: `You have joined ${course.title}.` })
    return c.redirect(urls.learn(course.slug), 303)
  }
  const order = await openOrder(services, viewer.id, { ...course, pricePaise: course.pricePaise })
  const { scriptUrl, formAction } = required(services.payments, 'Buying').checkout
  const imageUrl = imageOf(services, course)
  return show(c, {
    title: `Buy ${course.title}`,
    plain: true,
    policy: 'checkout',
    scripts: ['checkout.js'],
    page: (
      <CheckoutPage
        course={{ ...course, imageUrl }}
        amountPaise={order.amountPaise}
        hosted={{ action: formAction, fields: hostedFields(services, viewer, course, order, imageUrl) }}
        scriptUrl={scriptUrl}
      />
    ),
  })
})

const imageOf = (services: Services, course: Offer) =>
  course.imageKey && services.files ? services.files.publicUrl(course.imageKey) : null

/** The fields of Razorpay's hosted checkout; the window takes the same. */
function hostedFields(
  services: Services,
  viewer: Viewer,
  course: Offer,
  order: OpenOrder,
  imageUrl: string | null,
): Record<string, string> {
  const { APP_ORIGIN, SITE_NAME } = services.config
  return {
    key_id: required(services.payments, 'Buying').checkout.keyId,
    order_id: order.razorpayOrderId,
    amount: String(order.amountPaise),
    currency: 'INR',
    name: SITE_NAME,
    description: course.title.slice(0, 250),
    ...(imageUrl ? { image: imageUrl } : {}),
    'prefill[name]': viewer.name,
    'prefill[email]': viewer.email,
    callback_url: `${APP_ORIGIN}${urls.purchaseCallback(order.id)}`,
    cancel_url: `${APP_ORIGIN}${urls.purchaseStatus(order.id)}`,
  }
}
