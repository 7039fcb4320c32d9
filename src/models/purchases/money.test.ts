import { beforeEach, describe, expect, it } from 'vitest'
import { paidOrder, tell, toldPayment } from '../../../test/payment-events'
import { openCheckout } from '../../../test/payments'
import { course, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { monthOf, yearOf } from '../../rules/purchases/financial-year'

const world = fileWorld()
beforeEach(() => world.settings('razorpay', { webhooks: 'off' }))
const words = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('three sales, one of them refunded whole and one in part', () => {
  it('are one truth on every page and in every file', async () => {
    const owner = await person(world, { role: 'instructor' })
    const admin = await person(world, { role: 'admin' })
    const sold = await course(world, { owner, title: '=Queues', pricePaise: 149_900 })
    const payments = []
    for (const amount of [149_900, 139_900, 149_900]) {
      const student = await person(world, { name: 'Ravi Menon' })
      const { vendorOrderId } = await openCheckout(student, sold)
      const payment = toldPayment({ order_id: vendorOrderId, amount })
      await tell(world, 'order.paid', { payment, order: paidOrder(vendorOrderId, 149_900) })
      payments.push(payment)
    }
    const [first, second] = payments
    const back = (id: string, payment_id: string | undefined, amount: number) =>
      tell(world, 'refund.processed', { refund: { id, payment_id, amount, status: 'processed' } })
    await back('rfnd_whole', first?.id, 149_900)
    await back('rfnd_part', second?.id, 50_000)
    await tell(world, 'refund.created', {
      refund: { id: 'rfnd_waits', payment_id: second?.id, amount: 10_000, status: 'pending' },
    })

    const [soldFor, refunded, net] = ['₹4,397', '₹1,999', '₹2,398']
    const now = world.services.now()
    const [month, year] = [monthOf(now), yearOf(now)]
    expect(words((await owner.browser.get('/teach')).$('main table tbody').text())).toContain(net)
    for (const query of ['days=30', `month=${month}`, `year=${year}`]) {
      const page = await owner.browser.get(`/teach/earnings?${query}`)
      const facts = words(page.$('#totals').text())
      expect(facts).toContain(`Sales${soldFor}Refunded${refunded}Net${net}`)
    }
    expect(words((await admin.browser.get('/admin')).$('.stats').text())).toContain(
      `Sold for${soldFor}Refunded${refunded}Net${net}`,
    )
    const report = await admin.browser.get(`/admin/reports?month=${month}`)
    expect(words(report.$('#totals').text())).toContain(`Sales3 for ${soldFor}Refunded${refunded}Net${net}`)
    expect(report.$('tbody tr')).toHaveLength(5)

    const own = (await owner.browser.get(`/teach/earnings.csv?month=${month}`)).html
    const all = (await admin.browser.get(`/admin/reports.csv?year=${year}`)).html
    const rows = own
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((row) => row.split(','))
    const sum = (name: string) => {
      const place = rows[0]?.indexOf(name) ?? -1
      return rows.slice(1).reduce((total, row) => total + Math.round(Number(row[place]) * 100), 0)
    }
    expect([sum('Sold (INR)'), sum('Refunded (INR)')]).toEqual([439_700, 199_900])
    expect(sum('Net settled (INR)')).toBe(439_700 - 3 * 1178 - 199_900)
    expect(own).toContain("'=Queues")
    expect([own.includes('Ravi Menon'), all.includes('Ravi Menon')]).toEqual([false, true])
    for (const id of [...payments.map(({ id }) => id), 'rfnd_whole', 'rfnd_part']) {
      expect(own).toContain(id)
      expect(all).toContain(id)
    }
    expect(own).not.toContain('rfnd_waits')

    const part = { id: 'rfnd_part', payment_id: second?.id, amount: 50_000, status: 'failed' }
    await tell(world, 'refund.failed', { refund: part })
    const after = await admin.browser.get(`/admin/reports?month=${month}`)
    expect(words(after.$('#totals').text())).toContain(`Sales3 for ${soldFor}Refunded₹1,499Net₹2,898`)
    expect(words(after.$('tbody').text())).toContain('Failed refund')
    expect(after.$('tbody tr')).toHaveLength(6)
    expect(words((await owner.browser.get('/teach')).$('main table tbody').text())).toContain('₹2,898')
  })
})
