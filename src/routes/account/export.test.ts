import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openPlace } from '../../../test/addresses'
import { anotherBrowser, member } from '../../../test/member'
import { newBuyer } from '../../../test/payments'
import { course, give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { accounts, orders, refunds, sessions, userProgress, users } from '../../db/schema'
import { newId } from '../../ids'

const world = fileWorld()

describe('my data as a file', () => {
  it('holds what is mine, without secrets or data of others', async () => {
    const { db, now } = world.services
    const asha = await member(world, { role: 'instructor', name: 'Asha Rao' })
    await anotherBrowser(world, asha)
    const [bought, taught] = [
      await course(world),
      await course(world, { owner: asha, title: 'Trees by heart' }),
    ]
    await give(world, asha, bought)
    const [lesson] = bought.chapters
    if (!lesson) throw new Error('no lesson')
    const seen = { isCompleted: true, positionSeconds: 12, createdAt: now(), updatedAt: now() }
    await db.insert(userProgress).values({ id: newId(), userId: asha.id, chapterId: lesson.id, ...seen })
    await db.insert(accounts).values({
      id: newId(),
      userId: asha.id,
      provider: 'google',
      providerAccountId: `sub-${asha.id}`,
      accessToken: 'v1.access-secret',
      refreshToken: 'v1.refresh-secret',
      createdAt: now(),
    })
    const stranger = await newBuyer(world)
    await give(world, stranger.student, taught)

    const page = await asha.browser.get('/account/export')
    expect(page.$('form[action="/account/export"] button').text()).toBe('Download your data')
    const answer = await asha.browser.post('/account/export')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="account-[\d-]+\.json"$/)
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/)
    expect(answer.headers.get('Cache-Control')).toContain('no-store')
    const data = JSON.parse(answer.html)
    expect(data).toMatchObject({
      profile: { name: 'Asha Rao', email: asha.email, role: 'instructor', hasPassword: true },
      purchases: [{ course: { title: bought.title }, pricePaise: 0 }],
      progress: [{ course: bought.title, lesson: lesson.title, isCompleted: true, positionSeconds: 12 }],
      coursesTaught: [{ title: 'Trees by heart' }],
      linkedAccounts: [{ provider: 'google', providerAccountId: `sub-${asha.id}` }],
      orders: [],
    })
    expect(data.sessions).toHaveLength(2)
    const secrets = (await db.select().from(users)).map(({ passwordHash }) => passwordHash)
    const tokens = (await db.select().from(sessions)).map(({ tokenHash }) => tokenHash)
    for (const secret of [
      ...secrets,
      ...tokens,
      asha.browser.cookies.get('session'),
      'access-secret',
      'refresh-secret',
    ])
      if (secret) expect(answer.html).not.toContain(secret)
    expect(answer.html).not.toMatch(/scrypt|tokenHash|passwordHash|accessToken|refreshToken/)
    expect(answer.html).not.toContain(stranger.student.email)
    expect(answer.html).not.toContain(stranger.student.id)

    const theirs = JSON.parse((await stranger.student.browser.post('/account/export')).html)
    expect(theirs.orders).toMatchObject([{ state: 'open', course: { title: stranger.offered.title } }])
    expect(theirs.coursesTaught).toEqual([])
  })

  it('holds what I paid, what went back and the papers, and nobody else’s', async () => {
    const { db, now } = world.services
    const [instructor, asha, other] = [
      await person(world, { role: 'instructor' }),
      await person(world, { name: 'Asha Rao' }),
      await person(world, { name: 'Ravi Other' }),
    ]
    const [mine, theirs] = [
      await openPlace(world, { instructor, buyer: asha }),
      await openPlace(world, { instructor, buyer: other }),
    ]
    const { orderId = '', paymentId = '', requestId } = mine.ids
    await db
      .update(orders)
      .set({ billingName: 'Rao & Sons', billingState: '29' })
      .where(eq(orders.id, orderId))
    const refund = { id: `rfnd_${newId().slice(-12)}`, orderId, paymentId, createdAt: now() }
    await db.insert(refunds).values({ ...refund, amountPaise: 100, state: 'processed' })

    const { html } = await asha.browser.post('/account/export')
    expect(JSON.parse(html)).toMatchObject({
      purchases: [{ orderId, paymentId, source: 'bought' }],
      orders: [{ id: orderId, billing: { name: 'Rao & Sons', gstin: null, state: '29' } }],
      payments: [{ id: paymentId, orderId, amountPaise: 49_900, method: 'upi', outcome: 'granted' }],
      refundRequests: [{ id: requestId, reason: 'It was not for me.', amountPaise: 100 }],
      refunds: [{ id: refund.id, amountPaise: 100, state: 'processed' }],
      invoices: [{ kind: 'receipt', orderId, totalPaise: 49_900, details: { buyer: { name: 'Asha Rao' } } }],
      knownDevices: [],
    })
    for (const id of [theirs.ids.orderId, theirs.ids.paymentId, other.email, other.name])
      expect(html).not.toContain(id)
  })

  it('is for signed-in users only', async () => {
    const location = '/sign-in?next=%2Faccount%2Fexport'
    expect(await world.browser().get('/account/export')).toMatchObject({ status: 303, location })
    expect(await world.browser().post('/account/export')).toMatchObject({ status: 303, location })
  })
})
