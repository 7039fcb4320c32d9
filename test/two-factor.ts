import { totpCode } from '../src/crypto'
import { stepAt, stepSeconds } from '../src/rules/account/two-factor'
import type { BrowserSession } from './browser-session'
import type { World } from './world'

/** What an authenticator app shows by the world's clock, or so many half minutes later. */
export const codeNow = ({ services }: World, secret: string, steps = 0): Promise<string> =>
  totpCode(secret, stepAt(services.now()) + steps)

/** The next half minute: a code that was not used yet. */
export async function nextCode(world: World, secret: string): Promise<string> {
  world.advance(stepSeconds)
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
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const secret = await secretOn(browser)
  const { status } = await browser.post('/account/two-factor', { code: await codeNow(world, secret) })
  const { $ } = await browser.get('/account/two-factor')
  const recoveryCodes = $('.recovery-codes code')
    .map((_, code) => $(code).text())
    .get()
  if (status !== 303 || recoveryCodes.length !== 10) throw new Error(`not switched on: ${status}`)
  return { secret, recoveryCodes }
}
