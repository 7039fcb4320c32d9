import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { newPaymentId, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, owns, paymentWorld, purchasesOf } from '../../../test/payments'
import { type Person, person } from '../../../test/people'
import { auditEvents, orders, webhookEvents } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = paymentWorld({ webhooks: 'off' })
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})

type Row = typeof webhookEvents.$inferInsert

/** An event as it is kept. */
async function keep(given: Partial<Row> & Pick<Row, 'payload' | 'outcome'>): Promise<string> {
  const id = newId()
  await world.services.db.insert(webhookEvents).values({
    ...{ id, source: 'razorpay', eventId: id, type: 'payment.captured', receivedAt: world.services.now() },
    ...given,
  })
  return id
}
const captured = (payment: object) => ({
  event: 'payment.captured',
  payload: { payment: { entity: payment } },
})

const outcomeOf = async (id: string) =>
  (await world.services.db.select().from(webhookEvents).where(eq(webhookEvents.id, id)))[0]?.outcome

/** Presses the button of this event, and gives what the page says then. */
async function processAgain(id: string): Promise<string> {
  expect(await admin.browser.post(paths.adminWebhookProcess(id))).toMatchObject({ status: 303 })
  return (await admin.browser.get(paths.adminWebhooks())).$('.notice').text()
}

describe('a webhook processed again', () => {
  it('that came before its order was known grants what was bought, once, however often', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const known = eq(orders.id, orderId)
    // The order is there, under a name that nobody has told yet.
    await world.services.db.update(orders).set({ vendorOrderId: null }).where(known)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
    expect(await tell(world, 'payment.captured', { payment })).toBe('held')
    await world.services.db.update(orders).set({ vendorOrderId, amountPaise: 49_900 }).where(known)
    expect(await owns(world, student)).toBe(false)

    const [row] = await world.services.db
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.outcome, 'held'))
    const id = row?.id ?? ''
    expect(await processAgain(id)).toContain('Processed again: granted.')
    expect(await owns(world, student)).toBe(true)
    expect(await outcomeOf(id)).toBe('granted')
    await Promise.all([1, 2, 3].map(() => admin.browser.post(paths.adminWebhookProcess(id))))
    expect(await outcomeOf(id)).toBe('already settled')
    expect(await purchasesOf(world, student)).toHaveLength(1)
    const audited = await world.services.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectType, 'webhook'), eq(auditEvents.subjectId, id)))
    expect(audited).toHaveLength(4)
    expect(audited[0]).toMatchObject({ actorId: admin.id, action: 'process-webhook' })
  })

  it('that failed has its effect', async () => {
    const { student, vendorOrderId } = await newBuyer(world, { pricePaise: 49_900 })
    const payload = captured(toldPayment({ order_id: vendorOrderId, amount: 49_900 }))
    const id = await keep({ payload, outcome: 'failed: Error: a table was missing' })
    expect(await processAgain(id)).toContain('Processed again: granted.')
    expect(await owns(world, student)).toBe(true)
  })

  it('that is still not understood says so', async () => {
    const payload = captured({ id: newPaymentId(), status: 'captured' })
    const id = await keep({ payload, outcome: 'not understood: amount: invalid_type' })
    expect(await processAgain(id)).toContain('It is still not understood: payment.entity.amount')
  })

  it('that fails again keeps the reason, and nothing of what it began', async () => {
    const { student, vendorOrderId } = await newBuyer(world, { pricePaise: 49_900 })
    const payload = captured(toldPayment({ order_id: vendorOrderId, amount: 49_900 }))
    const id = await keep({ payload, outcome: 'failed: Error: something' })
    const { db } = world.services
    await db.execute(sql`rename table purchases to purchases_away`)
    try {
      expect(await processAgain(id)).toMatch(/It failed again: .*ER_NO_SUCH_TABLE/)
    } finally {
      await db.execute(sql`rename table purchases_away to purchases`)
    }
    expect(await outcomeOf(id)).toMatch(/^failed: .*ER_NO_SUCH_TABLE/)
    expect(await owns(world, student)).toBe(false)
    expect(await processAgain(id)).toContain('Processed again: granted.')
  })

  it('of Mux about an upload of nobody says so, and one about something else has nothing to do', async () => {
    const data = { id: 'upload-of-nobody', status: 'asset_created', asset_id: 'a' }
    const about = { source: 'mux', type: 'video.upload.asset_created' } as const
    const payload = { id: 'mux-event', type: about.type, data }
    const id = await keep({ ...about, payload, outcome: 'not understood: status: invalid_value' })
    expect(await processAgain(id)).toContain('it is about an unknown upload')
    const other = await keep({ ...about, payload: { id: 'x', type: 'video.live', data: {} }, outcome: '' })
    expect(await processAgain(other)).toContain('Processed again: nothing to do.')
  })

  it.each([
    ['that was no JSON', { payload: { omitted: 'this is no JSON' }, outcome: 'not understood: body' }],
    ['of the file store', { source: 'uploadthing', payload: { key: 'a' }, outcome: 'kept' }],
  ])('%s is not, and nothing is written', async (_, given) => {
    const id = await keep(given)
    expect(await processAgain(id)).toContain('no message that this site keeps in a way')
    expect(await outcomeOf(id)).toBe(given.outcome)
  })
})

describe('the list of webhooks', () => {
  it('is asked by what came of them', async () => {
    await world.services.db.delete(webhookEvents)
    for (const outcome of ['granted', 'failed: x', 'unknown upload', 'not understood: y'])
      await keep({ payload: {}, outcome, type: `type.${outcome.split(' ')[0]}` })
    const types = async (outcome: string) => {
      const page = await admin.browser.get(paths.adminWebhooks({ outcome }))
      return page
        .$('tbody summary')
        .map((_, one) => page.$(one).text().trim())
        .get()
    }
    expect(await types('understood')).toEqual(['type.granted'])
    expect(await types('failed')).toEqual(['type.failed:'])
    expect(await types('unknown')).toEqual(['type.unknown'])
    expect(await types('unclear')).toEqual(['type.not'])
    expect(await types('')).toHaveLength(4)
  })
})
