import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { reseal } from '../../bin/reseal'
import { BrowserSession } from '../../test/browser-session'
import { continueWithGoogle, googleUser, toCallback } from '../../test/google'
import { askForReset } from '../../test/mailbox'
import { member, memberPassword } from '../../test/member'
import { person } from '../../test/people'
import { nextCode, turnOn } from '../../test/two-factor'
import { fileWorld } from '../../test/world'
import { decrypt } from '../crypto'
import { accounts } from '../db/schema'
import { nodeApp } from '../node-app'
import type { Services } from '../services'
import { tokenPurpose } from './account/google-account'

const world = fileWorld()
const fresh = 'the secret that is new, of forty characters'

/** The same site after its secret was changed. */
function rotated(secrets: { APP_SECRET: string; APP_SECRET_OLD?: string }): Services {
  return { ...world.services, config: { ...world.services.config, ...secrets } }
}
const old = () => world.services.config.APP_SECRET
const withOld = () => rotated({ APP_SECRET: fresh, APP_SECRET_OLD: old() })

/** The same browser at that site. */
function moved(browser: BrowserSession, services: Services): BrowserSession {
  const app = nodeApp(services, () => {})
  const there = new BrowserSession((address, init) => app.request(address, init), world.origin)
  for (const [name, value] of browser.cookies) there.cookies.set(name, value)
  return there
}

describe('a site whose secret was changed', () => {
  it('takes codes, cookies and sign-ins that were begun before it', async () => {
    const someone = await person(world)
    const { browser, code } = await askForReset(world, someone.email)
    const there = moved(browser, withOld())
    expect(await there.post('/password-reset/code', { code })).toMatchObject({
      status: 303,
      location: '/password-reset/new',
    })
    expect((await moved(someone.browser, withOld()).get('/account')).status).toBe(200)

    const visitor = world.browser()
    const callback = await toCallback(world, visitor, googleUser())
    expect(await moved(visitor, withOld()).get(callback)).toMatchObject({ location: '/learning' })
  })

  it('takes nothing of a secret that is not named any more', async () => {
    const { browser, code } = await askForReset(world, (await person(world)).email)
    const there = moved(browser, rotated({ APP_SECRET: fresh }))
    expect(await there.post('/password-reset/code', { code })).toMatchObject({ location: '/password-reset' })
  })

  it('makes nothing new with the secret before', async () => {
    const { browser, code } = await askForReset(world, (await person(world)).email)
    const there = moved(browser, withOld())
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await there.post('/password-reset/code', { code: wrong })).status).toBe(422)
    const cookie = decodeURIComponent(there.cookies.get('reset') ?? '')
    expect(await decrypt(fresh, 'reset', cookie)).toContain('"guesses":1')
  })
})

describe('npm run reseal', () => {
  it('leaves authenticator apps and recovery codes as they are', async () => {
    const asha = await member(world)
    const { secret, recoveryCodes } = await turnOn(world, asha.browser)
    await reseal(withOld())
    const services = rotated({ APP_SECRET: fresh })
    const proofs: Record<string, string>[] = [
      { code: await nextCode(world, secret) },
      { code: recoveryCodes[0] ?? '', with: 'recovery-code' },
    ]
    for (const proof of proofs) {
      const browser = moved(world.browser(), services)
      await browser.post('/sign-in', { email: asha.email, password: memberPassword })
      expect((await browser.post('/sign-in/two-factor', proof)).status).toBe(303)
      expect((await browser.get('/account')).status).toBe(200)
    }
  })

  const tokenOf = async (sub: string) => {
    const [row] = await world.services.db.select().from(accounts).where(eq(accounts.providerAccountId, sub))
    return row?.accessToken ?? ''
  }

  it('seals anew what the secret before sealed, once, and says what neither opens', async () => {
    const people = Array.from({ length: 3 }, () => googleUser())
    for (const someone of people) await continueWithGoogle(world, world.browser(), someone)
    const [{ sub } = { sub: '' }, lost] = people
    const purpose = tokenPurpose('access', sub)
    const clear = await decrypt(old(), purpose, await tokenOf(sub))

    await expect(reseal(rotated({ APP_SECRET: fresh }))).rejects.toThrow(
      /^0 sealed anew .* cannot be read .* set that as APP_SECRET_OLD/,
    )
    expect(await decrypt(old(), purpose, await tokenOf(sub))).toBe(clear)

    expect(await reseal(withOld())).toMatch(/^[1-9]\d* sealed anew with APP_SECRET\. Nothing that is kept/)
    expect(await decrypt(fresh, purpose, await tokenOf(sub))).toBe(clear)
    expect(await reseal(rotated({ APP_SECRET: fresh }))).toMatch(/^0 sealed anew/)

    const isLost = eq(accounts.providerAccountId, lost?.sub ?? '')
    await world.services.db.update(accounts).set({ accessToken: 'v1.nonsense.nonsense' }).where(isLost)
    await expect(reseal(withOld())).rejects.toThrow(
      '0 sealed anew with APP_SECRET. 1 cannot be read with APP_SECRET, nor with APP_SECRET_OLD.',
    )
  })
})
