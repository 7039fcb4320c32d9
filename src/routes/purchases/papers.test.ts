import { beforeEach, describe, expect, it } from 'vitest'
import { mailsTo, newestMail } from '../../../test/mailbox'
import { paidOrder, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, orderRow } from '../../../test/payments'
import { person } from '../../../test/people'
import { fileWorld, type World } from '../../../test/world'
import { paths } from '../../paths'

const seller = {
  SELLER_NAME: 'Meera Learning',
  SELLER_ADDRESS: '12 MG Road, Bengaluru',
  SELLER_STATE: 'Karnataka',
  SELLER_GSTIN: '29AAGCB7383J1Z4',
  SAC: '999293',
  TAX_RATE_PERCENT: '18',
}
const words = (text: string) => text.replace(/\s+/g, ' ').trim()

async function payFor(world: World, { vendorOrderId }: { vendorOrderId: string }, amount = 49_900) {
  const payment = toldPayment({ order_id: vendorOrderId, amount })
  await tell(world, 'order.paid', { payment, order: paidOrder(vendorOrderId, 49_900) })
  return payment
}

describe('with a GSTIN', () => {
  const world = fileWorld({ environment: seller })
  beforeEach(() => world.settings('razorpay', { webhooks: 'off' }))

  it('the state is asked before anything can be paid, and what was typed stays', async () => {
    const { student, orderId } = await newBuyer(world)
    const page = () => student.browser.get(paths.purchase(orderId))
    expect((await page()).$('#billing select[name=state]')).toHaveLength(1)
    expect((await page()).$('#pay')).toHaveLength(0)
    const action = paths.purchaseBilling(orderId)
    const none = await student.browser.post(action, { name: 'Rao & Sons', gstin: '', state: '' })
    expect([none.status, none.$('#state-error').text()]).toEqual([
      422,
      expect.stringContaining('Choose your state'),
    ])
    expect(none.$('#name').attr('value')).toBe('Rao & Sons')
    const wrong = await student.browser.post(action, { gstin: '27AAPFU0939F1ZX' })
    expect([wrong.status, wrong.$('#gstin').attr('value')]).toEqual([422, '27AAPFU0939F1ZX'])
    const saved = await student.browser.post(action, { name: 'Rao & Sons', gstin: '27aapfu0939f1zv' })
    expect([saved.status, saved.location]).toEqual([303, paths.purchase(orderId)])
    expect(await orderRow(world, orderId)).toMatchObject({
      ...{ billingName: 'Rao & Sons', billingGstin: '27AAPFU0939F1ZV', billingState: '27' },
    })
    expect((await page()).$('#pay')).toHaveLength(1)
  })

  it('page, mail and credit note say the same', async () => {
    const { student, orderId, offered, vendorOrderId } = await newBuyer(world)
    expect((await student.browser.get(paths.purchasePapers(orderId))).status).toBe(404)
    await student.browser.post(paths.purchaseBilling(orderId), { gstin: '27AAPFU0939F1ZV' })
    const payment = await payFor(world, { vendorOrderId })
    await world.runJobs()
    const [mail] = (await mailsTo(world, student)).filter(({ subject }) => subject.startsWith('Tax invoice'))
    const page = await student.browser.get(paths.purchasePapers(orderId))
    const [title, number] = [page.$('h1').text(), page.$('.page-header-lead').text().replace('Number ', '')]
    expect([title, number]).toEqual(['Tax invoice', expect.stringMatching(/^\d\d-\d\d\/\d{6}$/)])
    for (const text of [words(page.$('main').text()), mail?.text ?? ''])
      for (const said of [
        ...[
          number,
          'Meera Learning',
          '12 MG Road, Bengaluru',
          'GSTIN 29AAGCB7383J1Z4',
          'Asha Verma',
          student.email,
        ],
        ...['GSTIN 27AAPFU0939F1ZV', 'Maharashtra (27)', offered.title, 'SAC 999293', payment.id, 'UPI'],
        ...['Taxable value', '₹422.88', 'IGST at 18%', '₹76.12', 'Total', '₹499'],
      ])
        expect(text).toContain(said)
    expect(mail?.text).toMatch(/^Hello Asha Verma,\n\nWe have received your payment of ₹499 /)

    const refund = { id: `rfnd_${payment.id}`, payment_id: payment.id, amount: 10_001, status: 'processed' }
    await tell(world, 'refund.processed', { refund })
    await world.runJobs()
    const after = await student.browser.get(paths.purchasePapers(orderId))
    const note = words(after.$('.paper').eq(1).text())
    for (const said of ['Credit note', `Tax invoice ${number}`, refund.id, '₹84.75', '₹15.26', '₹100.01'])
      expect(note).toContain(said)
    expect((await newestMail(world, student.email)).text).toMatch(/Credit note: \d\d-\d\d\/C\d{5}/)
    const purchase = await student.browser.get(paths.purchase(orderId))
    expect(purchase.$('#papers a').attr('href')).toBe(paths.purchasePapers(orderId))
    const { browser } = await person(world)
    expect((await browser.get(paths.purchasePapers(orderId))).status).toBe(404)
  })

  it('what is typed after paying changes no paper', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    await payFor(world, { vendorOrderId }, 51_078)
    await student.browser.post(paths.purchaseBilling(orderId), { state: '27', name: 'Too late' })
    expect((await orderRow(world, orderId)).billingName).toBeNull()
    const text = words((await student.browser.get(paths.purchasePapers(orderId))).$('main').text())
    expect(text).toContain('CGST at 9%')
    expect(text).toContain('of which ₹11.78 is the payment service’s own fee')
    expect(text).not.toContain('Too late')
  })
})

describe('without a GSTIN', () => {
  const world = fileWorld()
  beforeEach(() => world.settings('razorpay', { webhooks: 'off' }))

  it('nothing needs to be typed, and a receipt has no tax', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const open = await student.browser.get(paths.purchase(orderId))
    expect([open.$('#pay').length, open.$('details#billing').length]).toEqual([1, 1])
    await payFor(world, { vendorOrderId })
    const page = await student.browser.get(paths.purchasePapers(orderId))
    expect(page.$('h1').text()).toBe('Receipt')
    expect(page.$('.paper').text()).toContain('CodeCrafters')
    expect(page.$('.paper').text()).not.toMatch(/GST|SAC|Taxable/)
  })
})
