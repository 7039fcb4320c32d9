import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paths } from '../../src/paths'
import { minuteSeconds } from '../../src/rules/time'
import { anotherBrowser, member, memberPassword } from '../member'
import { course, type Person, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld()
let browser: Browser
let admin: Person
beforeAll(async () => {
  admin = await member(world, { role: 'admin' })
  browser = await openChromium()
})
afterAll(() => browser?.close())

/** Somebody who signed in a while ago. */
async function stalePage(of: Person, scripts: boolean) {
  const stale = { ...of, browser: await anotherBrowser(world, of) }
  world.advance(16 * minuteSeconds)
  return openPage(browser, world, {
    person: stale,
    viewport: { width: 360, height: 780 },
    javaScriptEnabled: scripts,
  })
}

it.each([true, false])('The password is asked for in the form itself, scripts: %s', async (scripts) => {
  const someone = await person(world, { name: 'Arjun Das' })
  const owned = await course(world, { owner: admin, title: 'Queues' })
  const [, lesson] = owned.chapters
  const acts = [
    { at: paths.person(someone.id), button: 'Save', done: 'now has the role', reason: false },
    {
      at: paths.adminChapter(owned.id, lesson?.id ?? ''),
      button: 'Erase for good',
      done: 'is erased',
      reason: true,
    },
    { at: paths.teachCourse(owned.id), button: 'Delete', done: 'The course is deleted', reason: false },
  ]
  for (const { at, button, done, reason } of acts) {
    const { page, context } = await stalePage(admin, scripts)
    await page.goto(at)
    const form = page
      .locator('form', { has: page.getByRole('button', { name: button, exact: true }) })
      .filter({ has: page.getByLabel('Password') })
    const press = async () => {
      await form.getByRole('button', { name: button, exact: true }).click()
      if (scripts) await page.locator('#confirm').getByRole('button', { name: 'Confirm' }).click()
    }
    if (at === paths.person(someone.id)) await form.getByLabel('Role').selectOption('instructor')
    if (reason) await form.getByLabel('Reason').fill('The law asks for it.')
    await form.getByLabel('Password').fill('not this one')
    await press()
    await form.locator('.field-error').waitFor()
    expect(await form.locator('.field-error').textContent()).toContain('This is not your password.')
    if (reason) expect(await form.getByLabel('Reason').inputValue()).toBe('The law asks for it.')
    await form.getByLabel('Password').fill(memberPassword)
    await press()
    await page.locator('.site-notice', { hasText: done }).waitFor()
    await context.close()
  }
})
