import { expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { requestsOf } from '../../../test/payment-events'
import { openCheckout, owns, pay, paymentState, paymentWorld } from '../../../test/payments'
import { course, type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { openSession } from '../../models/account/session'
import { paths } from '../../paths'
import { daySeconds } from '../../rules/time'

const world = paymentWorld()

async function sale() {
  const instructor = await person(world, { role: 'instructor' })
  const offered = await course(world, { owner: instructor })
  const student = await person(world, { name: 'Ravi Menon' })
  const { orderId, vendorOrderId } = await openCheckout(student, offered)
  const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
  await until(() => owns(world, student))
  return { instructor, student, orderId, paymentId }
}

it('An instructor refunds a part and then the rest of a sale, with a reason, once each', async () => {
  const { instructor, student, orderId, paymentId } = await sale()
  const list = await instructor.browser.get(paths.sales())
  expect(list.$('tbody a').attr('href')).toBe(paths.sale(orderId))
  const refund = paths.saleRefund(orderId)
  const formKey = (await instructor.browser.get(paths.sale(orderId))).$('input[name=formKey]').attr('value')
  const part = { formKey: formKey ?? '', amount: '99.50', reason: 'The sound was bad.' }
  for (const _ of [1, 2]) expect((await instructor.browser.post(refund, part)).status).toBe(303)
  await world.runJobs()
  expect((await requestsOf(world, paymentId)).map(({ amountPaise }) => amountPaise)).toEqual([9_950])
  expect(await owns(world, student)).toBe(true)
  const refused = await instructor.browser.post(refund, { amount: '499', reason: 'All.' })
  expect([refused.status, refused.$('#refund-amount-error').text()]).toEqual([
    422,
    'At most ₹399.50 is left to refund.',
  ])
  await instructor.browser.post(refund, { amount: '', reason: 'All of it.' })
  await world.runJobs()
  expect(await owns(world, student)).toBe(false)
  const made = (await paymentState(world)).refunds.filter((one) => one.payment_id === paymentId)
  expect(made.map(({ amount }) => amount).sort()).toEqual([39_950, 9_950].sort())
  expect((await instructor.browser.get(paths.sale(orderId))).$('main').text()).toContain('₹99.50, refunded')
})

it('Another instructor finds no such sale', async () => {
  const { orderId, paymentId } = await sale()
  const other = await person(world, { role: 'instructor' })
  expect((await other.browser.get(paths.sale(orderId))).status).toBe(404)
  const answer = await other.browser.post(paths.saleRefund(orderId), { amount: '', reason: 'Mine.' })
  expect(answer.status).toBe(404)
  expect(await requestsOf(world, paymentId)).toEqual([])
})

it('A refund that the rule does not decide is told once to administrators and the instructor, and ends with what they refund', async () => {
  const { instructor, student, orderId, paymentId } = await sale()
  const [admin, other] = [await person(world, { role: 'admin' }), await person(world, { role: 'instructor' })]
  world.advance(20 * daySeconds)
  for (const _ of [1, 2]) await student.browser.post(paths.purchaseRefund(orderId), { reason: 'Too fast.' })
  await world.runJobs()
  const links = async (whom: Person) =>
    (await mailsTo(world, whom))
      .filter(({ subject }) => subject === 'A refund is asked for: ₹499')
      .map(({ text }) => /https?:\S+\/orders\/\S+/.exec(text)?.[0])
  expect(await links(admin)).toEqual([`${world.origin}${paths.adminOrder(orderId)}`])
  expect(await links(instructor)).toEqual([`${world.origin}${paths.sale(orderId)}`])
  expect(await links(other)).toEqual([])

  const text = async (who: Person, path: string) => (await who.browser.get(path)).$('main').text()
  expect(await text(admin, paths.admin())).toContain('Refund of ₹499 requested')
  expect(await text(instructor, paths.teach())).toContain('1 refund is asked for')
  expect(await text(instructor, paths.sales())).toContain('Refund requested')
  expect(await text(instructor, paths.sale(orderId))).toContain('Ravi Menon asks for ₹499 back')
  expect(await text(other, paths.teach())).not.toContain('asked for')

  // Whoever signed in long ago is asked for the password first.
  instructor.browser.cookies.set('session', await openSession(world.services, instructor.id, 'Laptop'))
  await instructor.browser.post(paths.saleRefund(orderId), { amount: '100', reason: 'A part of it.' })
  expect((await requestsOf(world, paymentId)).map(({ state }) => state).sort()).toEqual([
    'approved',
    'closed',
  ])
  expect(await text(instructor, paths.teach())).not.toContain('asked for')
})
