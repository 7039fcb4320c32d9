import { totpCode } from '../src/crypto'
import { stepAt, stepSeconds } from '../src/rules/account/two-factor'
import type { BrowserSession } from './browser-session'
import { member, memberPassword } from './member'
import type { Person } from './people'
import type { World } from './world'

/** What an authenticator app shows by the world's clock, or so many half minutes later. */
export const codeNow = ({ services }: World, secret: string, steps = 0): Promise<string> =>
  totpCode(secret, stepAt(services.now()) + steps)

/** A second into the next half minute, so that a slow test is still in it: a code that was not used yet. */
export async function nextCode(world: World, secret: string): Promise<string> {
  const seconds = world.services.now().getTime() / 1000
  world.advance(stepSeconds - (seconds % stepSeconds) + 1)
  return codeNow(world, secret)
}

/** Six digits that are not the code of any half minute near. */
export async function wrongCodeFor(world: World, secret: string): Promise<string> {
  const near = await Promise.all([-2, -1, 0, 1, 2].map((steps) => codeNow(world, secret, steps)))
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find(
    (one) => !near.includes(one),
  )
  if (!wrong) throw new Error('every code is right')
  return wrong
}

/** The key on the page where two factors are set up. */
export async function secretOn(browser: BrowserSession): Promise<string> {
  const { $ } = await browser.get('/account/two-factor')
  return $('.secret-key').text().replaceAll(' ', '')
}

/** Switches two-factor sign-in on in a browser that is signed in. */
export async function turnOn(
  world: World,
  browser: BrowserSession,
  password = memberPassword,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const secret = await secretOn(browser)
  const code = await codeNow(world, secret)
  const { status } = await browser.post('/account/two-factor', { code, password })
  const { $ } = await browser.get('/account/two-factor')
  const recoveryCodes = $('.recovery-codes code')
    .map((_, code) => $(code).text())
    .get()
  if (status !== 303 || recoveryCodes.length !== 10) throw new Error(`not switched on: ${status}`)
  return { secret, recoveryCodes }
}

/** Somebody with a password and two factors. */
export async function twoFactorMember(world: World, given: Parameters<typeof member>[1] = {}) {
  const made = await member(world, given)
  return { ...made, ...(await turnOn(world, made.browser)) }
}

/** A browser in which the password was right, and the code is still to come. */
export async function afterPassword(
  world: World,
  { email }: Pick<Person, 'email'>,
  next?: string,
): Promise<BrowserSession> {
  const browser = world.browser()
  const fields = { email, password: memberPassword, ...(next && { next }) }
  const { status, location } = await browser.post('/sign-in', fields)
  if (status !== 303 || location !== '/sign-in/two-factor')
    throw new Error(`no second step: ${status} ${location}`)
  return browser
}

export const isSignedIn = async (browser: BrowserSession): Promise<boolean> =>
  (await browser.get('/account')).status === 200
