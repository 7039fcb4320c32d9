import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPlace } from '../../../test/addresses'
import { member, memberPassword } from '../../../test/member'
import { openCheckout, orderRow } from '../../../test/payments'
import { course, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { invoices, orders } from '../../db/schema'
import { saveBilling } from '../../models/purchases/billing'

const world = fileWorld()
beforeAll(async () => {
  await person(world, { role: 'admin' })
})

const leave = ({ browser }: Person) => browser.post('/account/delete', { password: memberPassword })

describe('the papers of an account that is deleted', () => {
  it('stay as they were issued, and billing details stand nowhere else', async () => {
    const { db } = world.services
    const [instructor, asha] = [
      await person(world, { role: 'instructor' }),
      await member(world, { name: 'Asha Rao' }),
    ]
    const { ids } = await openPlace(world, { instructor, buyer: asha })
    const { orderId } = await openCheckout(asha, await course(world))
    const billing = { name: 'Rao & Sons', gstin: '', state: '29' }
    expect((await asha.browser.post(`/purchases/${orderId}/billing`, billing)).status).toBe(303)
    expect(await orderRow(world, orderId)).toMatchObject({ billingName: 'Rao & Sons', billingState: '29' })
    await db.update(orders).set({ billingName: 'Rao & Sons' }).where(eq(orders.id, ids.orderId))
    const papers = () => db.select().from(invoices).where(eq(invoices.orderId, ids.orderId))
    const before = await papers()
    expect(before).toMatchObject([{ details: { buyer: { name: 'Asha Rao', email: asha.email } } }])

    const said = (await asha.browser.get('/account/delete')).$('main').text()
    expect(said).toContain('We keep what the law requires')
    expect(said).toMatch(/receipts, tax invoices.*name, email address and\s+billing details/s)
    expect((await leave(asha)).status).toBe(303)
    expect(await papers()).toEqual(before)
    for (const id of [orderId, ids.orderId])
      expect(await orderRow(world, id)).toMatchObject({
        billingName: null,
        billingGstin: null,
        billingState: null,
      })
  })

  it('get no details of who left at the same moment', async () => {
    const asha = await member(world)
    const { orderId } = await openCheckout(asha, await course(world))
    await leave(asha)
    const billing = { name: 'Rao & Sons', gstin: null, state: '29' }
    expect(await saveBilling(world.services, orderId, billing)).toBe(false)
    expect(await orderRow(world, orderId)).toMatchObject({ billingName: null })
  })
})
