import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { BrowserSession } from '../../../test/browser-session'
import { askForReset, mailsTo } from '../../../test/mailbox'
import { elsewhere, member, memberPassword } from '../../../test/member'
import type { Person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { knownDevices } from '../../db/schema'
import { daySeconds, hourSeconds } from '../../rules/time'

const most = 3
const world = fileWorld({
  environment: { TRUST_PROXY: 'true', LIMIT_FAILED_SIGN_INS_PER_ACCOUNT: String(most) },
})
const agents = {
  phone:
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36',
  laptop: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0',
}

type Owner = Pick<Person, 'email'>
const signIn = (browser: BrowserSession, { email }: Owner, password = memberPassword, agent?: string) =>
  browser.post(
    '/sign-in',
    { email, password },
    { ...elsewhere(), ...(agent !== undefined && { 'User-Agent': agent }) },
  )

/** A browser that got in once and is signed out again. */
async function knownBrowser(owner: Owner, agent?: string): Promise<BrowserSession> {
  const browser = world.browser()
  expect((await signIn(browser, owner, memberPassword, agent)).status).toBe(303)
  await browser.post('/sign-out')
  return browser
}

async function fail(browser: () => BrowserSession, owner: Owner, times: number): Promise<number[]> {
  const statuses: number[] = []
  for (let time = 0; time < times; time += 1)
    statuses.push((await signIn(browser(), owner, 'not the password')).status)
  return statuses
}
const stranger = () => world.browser()
const lockOut = async (owner: Owner) =>
  expect(await fail(stranger, owner, most + 1)).toEqual([...Array(most).fill(422), 429])

const newSignIns = async (owner: Owner) => {
  await world.runJobs()
  return (await mailsTo(world, owner)).filter(({ subject }) => subject.startsWith('New sign-in'))
}

describe('a browser that was let in before', () => {
  it('signs in while strangers have used up their attempts, and no other browser does', async () => {
    const asha = await member(world)
    const mine = await knownBrowser(asha)
    await lockOut(asha)
    expect((await signIn(stranger(), asha)).status).toBe(429)
    expect((await signIn(mine, asha)).status).toBe(303)
    // Nor does it give the strangers new attempts.
    expect((await signIn(stranger(), asha)).status).toBe(429)
  })

  it('has a count of its own, which ends in pauses as well, and stops nobody else', async () => {
    const asha = await member(world)
    const [mine, other] = [await knownBrowser(asha), await knownBrowser(asha)]
    expect(await fail(() => mine, asha, most + 1)).toEqual([...Array(most).fill(422), 429])
    expect((await signIn(mine, asha)).status).toBe(429)
    expect((await signIn(other, asha)).status).toBe(303)
    expect((await signIn(stranger(), asha)).status).toBe(303)
    world.advance(hourSeconds)
    expect((await signIn(mine, asha)).status).toBe(303)
    expect(await fail(() => mine, asha, most - 1)).toEqual(Array(most - 1).fill(422))
  })

  it('is a stranger to every other account', async () => {
    const [asha, mallory] = [await member(world), await member(world)]
    const theirs = await knownBrowser(mallory)
    expect(await fail(() => theirs, asha, most)).toEqual(Array(most).fill(422))
    expect((await signIn(stranger(), asha)).status).toBe(429)
    expect((await signIn(theirs, asha)).status).toBe(429)
    expect((await signIn(theirs, mallory)).status).toBe(303)
  })

  it('keeps a secret that scripts cannot read and that tells nothing, for a year', async () => {
    const asha = await member(world)
    const browser = world.browser()
    const { headers } = await signIn(browser, asha)
    const cookie = headers.getSetCookie().find((one) => one.startsWith('device=')) ?? ''
    const [value, ...flags] = cookie.split('; ')
    expect(value).toMatch(/^device=[a-z0-9]{40}$/)
    expect(flags.sort()).toEqual(['HttpOnly', `Max-Age=${365 * daySeconds}`, 'Path=/', 'SameSite=Lax'])
    const rows = await world.services.db.select().from(knownDevices).where(eq(knownDevices.userId, asha.id))
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(browser.cookies.get('device'))
    await browser.post('/sign-out')
    world.advance(365 * daySeconds + 1)
    await lockOut(asha)
    expect((await signIn(browser, asha)).status).toBe(429)
  })

  it('gets another secret where it comes with one that is none', async () => {
    const asha = await member(world)
    const browser = world.browser()
    browser.cookies.set('device', 'a')
    await signIn(browser, asha)
    expect(browser.cookies.get('device')).toMatch(/^[a-z0-9]{40}$/)
  })

  it('is a stranger again once the password was chosen anew, but where that was done', async () => {
    const asha = await member(world)
    const mine = await knownBrowser(asha)
    const { browser, token } = await askForReset(world, asha.email, world.browser(), elsewhere())
    await browser.post('/password-reset/link', { token })
    const password = 'a quite different one'
    expect((await browser.post('/password-reset/new', { password })).status).toBe(303)
    await browser.post('/sign-out')
    await lockOut(asha)
    expect((await signIn(mine, asha, password)).status).toBe(429)
    expect((await signIn(browser, asha, password)).status).toBe(303)
  })

  it('is a stranger again once the password was changed, but where that was done', async () => {
    const asha = await member(world)
    const [mine, other] = [world.browser(), await knownBrowser(asha)]
    await signIn(mine, asha)
    const password = 'a quite different one'
    const typed = { currentPassword: memberPassword, password }
    expect((await mine.post('/account/password', typed)).status).toBe(303)
    await mine.post('/sign-out')
    await lockOut(asha)
    expect((await signIn(other, asha, password)).status).toBe(429)
    expect((await signIn(mine, asha, password)).status).toBe(303)
  })

  it('is a stranger again once its session was ended from another one', async () => {
    const asha = await member(world)
    const [mine, lost] = [world.browser(), world.browser()]
    const [kept] = [await knownBrowser(asha), await signIn(mine, asha), await signIn(lost, asha)]
    const { $ } = await mine.get('/account/sessions')
    const ends = $('form[action$="/delete"]')
      .map((_, one) => $(one).attr('action') ?? '')
      .get()
    const { session } = JSON.parse((await lost.get('/account/session')).html)
    const action = ends.find((one) => one.includes(session)) ?? ''
    expect((await mine.post(action)).status).toBe(303)
    await lockOut(asha)
    expect((await signIn(lost, asha)).status).toBe(429)
    expect((await signIn(kept, asha)).status).toBe(303)
  })

  it('may confirm a password in its session while strangers have used up their attempts', async () => {
    const asha = await member(world)
    const browser = world.browser()
    await signIn(browser, asha)
    await lockOut(asha)
    const typed = { currentPassword: memberPassword, password: 'a quite different one' }
    expect((await browser.post('/account/password', typed)).status).toBe(303)
  })
})

describe('an email of a new sign-in', () => {
  it('is sent once for each browser but the first, and says when and where', async () => {
    const asha = await member(world)
    await knownBrowser(asha, agents.laptop)
    expect(await newSignIns(asha)).toEqual([])
    const phone = await knownBrowser(asha, agents.phone)
    const [told, ...others] = await newSignIns(asha)
    expect(others).toEqual([])
    for (const text of [told?.text, told?.html]) {
      expect(text).toContain('Device: Chrome on Android')
      expect(text).toMatch(/When: \d+ \w+ \d{4}, \d+:\d\d [ap]m/)
      expect(text).toContain(`${world.origin}/password-reset`)
    }
    for (let time = 0; time < 3; time += 1) expect((await signIn(phone, asha)).status).toBe(303)
    expect(await newSignIns(asha)).toHaveLength(1)
  })

  it('is sent again after the password was chosen anew, not for the browser that did it', async () => {
    const asha = await member(world)
    const mine = await knownBrowser(asha)
    const { browser, token } = await askForReset(world, asha.email, world.browser(), elsewhere())
    await browser.post('/password-reset/link', { token })
    const password = 'a quite different one'
    await browser.post('/password-reset/new', { password }, { 'User-Agent': agents.phone })
    expect(await newSignIns(asha)).toEqual([])
    const [changed] = (await mailsTo(world, asha)).filter(({ subject }) =>
      subject.startsWith('Your password'),
    )
    expect(changed?.text).toContain('Device: Chrome on Android')
    expect(changed?.text).toContain('When: ')
    await signIn(mine, asha, password)
    expect(await newSignIns(asha)).toHaveLength(1)
  })

  it('does not flood who is signed in to without cookies', async () => {
    const asha = await member(world)
    for (let time = 0; time < 12; time += 1) await knownBrowser(asha)
    expect(await newSignIns(asha)).toHaveLength(5)
    world.advance(daySeconds)
    await knownBrowser(asha)
    expect(await newSignIns(asha)).toHaveLength(6)
  })

  it('is sent although the browser changes the password at once', async () => {
    const asha = await member(world)
    await knownBrowser(asha)
    const thief = world.browser()
    await signIn(thief, asha)
    const typed = { currentPassword: memberPassword, password: 'mine from now on' }
    expect((await thief.post('/account/password', typed)).status).toBe(303)
    expect(await newSignIns(asha)).toHaveLength(1)
  })

  it('forgets the browsers that were not used for longest, and never more than twenty are kept', async () => {
    const asha = await member(world)
    const first = await knownBrowser(asha)
    for (let time = 0; time < 20; time += 1) {
      world.advance(1)
      await knownBrowser(asha)
    }
    const rows = await world.services.db.select().from(knownDevices).where(eq(knownDevices.userId, asha.id))
    expect(rows).toHaveLength(20)
    await lockOut(asha)
    expect((await signIn(first, asha)).status).toBe(429)
  })
})
