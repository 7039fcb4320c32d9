import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { anotherBrowser, member } from '../../../test/member'
import { fileWorld } from '../../../test/world'
import { sessions } from '../../db/schema'
import { newId } from '../../ids'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'
const world = fileWorld()

const idsOf = async (userId: string) => {
  const rows = await world.services.db.select().from(sessions).where(eq(sessions.userId, userId))
  return rows.map(({ id }) => id)
}

describe('where I am signed in', () => {
  it('lists devices, this one first, without expired sessions and those of others', async () => {
    const asha = await member(world)
    await anotherBrowser(world, asha, firefox)
    await anotherBrowser(world, await member(world), firefox)
    const now = world.services.now()
    await world.services.db.insert(sessions).values({
      id: newId(),
      tokenHash: 'over',
      userId: asha.id,
      device: 'Long ago',
      expiresAt: now,
      lastSeenAt: now,
      createdAt: now,
    })
    const { $, status } = await asha.browser.get('/account/sessions')
    expect(status).toBe(200)
    const devices = $('tbody tr')
      .map((_, row) => $(row).find('td').first().text())
      .get()
    expect(devices).toEqual(['An unknown browserThis browser', 'Firefox on Linux'])
    expect($('tbody tr').first().text()).toContain('Now')
    expect($('tbody tr').last().find('time').length).toBe(2)
    expect($('main').text()).toContain('Sign out everywhere else')
  })

  it('does not offer to end others where there are none', async () => {
    const asha = await member(world)
    expect((await asha.browser.get('/account/sessions')).html).not.toContain('Sign out everywhere else')
  })

  it('ends the one that I choose', async () => {
    const asha = await member(world)
    const other = await anotherBrowser(world, asha)
    const { $ } = await asha.browser.get('/account/sessions')
    const action = $('tbody tr').last().find('form').attr('action') ?? ''
    expect(await asha.browser.post(action)).toMatchObject({ status: 303, location: '/account/sessions' })
    expect((await asha.browser.get('/account/sessions')).html).toContain('That browser is signed out.')
    expect((await other.get('/account')).status).toBe(303)
    expect((await asha.browser.post(action)).status).toBe(404)
  })

  it('signs me out when I end this one', async () => {
    const asha = await member(world)
    const { $ } = await asha.browser.get('/account/sessions')
    const answer = await asha.browser.post($('tbody form').attr('action') ?? '')
    expect(answer).toMatchObject({ status: 303, location: '/' })
    expect(asha.browser.cookies.has('session')).toBe(false)
    expect(await idsOf(asha.id)).toEqual([])
  })

  it("never ends another person's", async () => {
    const [asha, ravi] = [await member(world), await member(world)]
    const [theirs] = await idsOf(ravi.id)
    expect((await asha.browser.post(`/account/sessions/${theirs}/delete`)).status).toBe(404)
    expect((await asha.browser.post(`/account/sessions/${newId()}/delete`)).status).toBe(404)
    expect((await asha.browser.post('/account/sessions/nonsense/delete')).status).toBe(404)
    expect((await ravi.browser.get('/account')).status).toBe(200)
  })

  it('ends all others at once', async () => {
    const asha = await member(world)
    const ravi = await member(world)
    const others = [await anotherBrowser(world, asha), await anotherBrowser(world, asha)]
    expect(await asha.browser.post('/account/sessions/delete')).toMatchObject({ status: 303 })
    for (const other of others) expect((await other.get('/account')).status).toBe(303)
    expect((await asha.browser.get('/account')).status).toBe(200)
    expect((await ravi.browser.get('/account')).status).toBe(200)
  })

  it('sends visitors to sign in and back to the list', async () => {
    const visitor = world.browser()
    const location = '/sign-in?next=%2Faccount%2Fsessions'
    expect(await visitor.get('/account/sessions')).toMatchObject({ status: 303, location })
    expect(await visitor.post(`/account/sessions/${newId()}/delete`)).toMatchObject({ status: 303, location })
    expect(await visitor.post('/account/sessions/delete')).toMatchObject({ status: 303, location })
  })
})
