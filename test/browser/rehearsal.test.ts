import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { buildServer } from '../../bin/build/server'
import { createDatabase } from '../../bin/database/server'
import { openAuthority } from '../../bin/rehearsal/authority'
import { openRehearsal, type Rehearsal } from '../../bin/rehearsal/rehearsal'
import { readConfig } from '../../src/config'
import { connect } from '../../src/db/connect'
import { minuteMs } from '../../src/rules/time'
import { openServices } from '../../src/services'
import { type Course, course } from '../people'
import { until } from '../until'
import type { World } from '../world'
import { openChromium, uploadClip } from './chromium'

/** The shipped server at https, with the vendors behind their own names. */
let rehearsal: Rehearsal
let browser: Browser
let offered: Course
let dir: string
const lines: string[] = []
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lms-rehearsal-'))
  const name = `lms_test_${crypto.randomUUID().replaceAll('-', '')}`
  const [url, authority] = await Promise.all([
    createDatabase(inject('databaseUrl'), name),
    openAuthority(),
    buildServer(join(dir, 'dist')),
  ])
  rehearsal = await openRehearsal({
    ...{ dir, authority, database: { url }, port: 0, sandboxPort: 0 },
    output: (line) => lines.push(line),
  })
  closing.unshift(() => rehearsal.close())
  if ((await rehearsal.run([join(dir, 'dist/migrate.js')])) !== 0) throw new Error(lines.join('\n'))
  await rehearsal.start(join(dir, 'dist/server.js')).catch((error) => {
    throw new Error(`${error.message}\n${lines.join('\n')}`)
  })
  offered = await offerCourse(url)
  browser = await openChromium({ args: rehearsal.browserArguments })
  closing.unshift(() => browser.close())
}, 4 * minuteMs)
afterAll(async () => {
  for (const close of closing) await close()
  await rm(dir, { recursive: true, force: true })
})

/** Written beside the application, as its own processes would; the video goes to Mux's own names. */
async function offerCourse(url: string): Promise<Course> {
  const connection = connect({ uri: url, connectionLimit: 2 })
  closing.unshift(() => connection.close())
  const services = openServices(readConfig(rehearsal.environment), connection.db)
  closing.unshift(async () => services.otp?.close())
  const world = { services, browser: () => ({ cookies: new Map() }) } as unknown as World
  const made = await course(world, { title: 'Curtains and cues', pricePaise: 99_900, chapters: 2 })
  await uploadClip(world, made, 0)
  return made
}

interface Visit {
  page: Page
  context: BrowserContext
  /** Errors of our pages, and what their policies refused. */
  complaints: string[]
  /** Status and address of each answer from another host than ours. */
  answers: string[]
}

async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: rehearsal.origin, ...options })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const answers: string[] = []
  await context.exposeBinding('tellViolation', ({ frame }, text: string) =>
    complaints.push(`${frame.url()}: ${text}`),
  )
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      Reflect.get(window, 'tellViolation')(`${violatedDirective} refused ${blockedURI}`),
    ),
  )
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && page.url().startsWith(rehearsal.origin))
      complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (!response.url().startsWith(rehearsal.origin))
      answers.push(`${response.status()} ${response.url().split('?')[0]}`)
  })
  return { page, context, complaints, answers }
}

async function deliveries(part: string) {
  const answer = await fetch(`${rehearsal.sandbox.origin}/${part}/deliveries`)
  return (await answer.json()) as { type: string; status: string; responseStatus: number | null }[]
}

async function mailedLink(email: string): Promise<string> {
  return until(async () => {
    const answer = await fetch(`${rehearsal.sandbox.origin}/mail/messages?to=${email}`)
    const [mail] = (await answer.json()) as { text: string }[]
    return /https:\S+\?token=\S+/.exec(mail?.text ?? '')?.[0]
  }, 'the mail')
}

async function signUpAndVerify({ page }: Visit, email: string): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Kavya Menon')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('a quiet river')
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
  await page.waitForURL('**/learning')
  const link = await mailedLink(email)
  expect(link).toMatch(`${rehearsal.origin}/`)
  await page.goto(link)
  await page.getByRole('button', { name: 'Confirm address' }).click()
  await page.getByText(`Your email address ${email} is confirmed.`).first().waitFor()
}

async function buy({ page, answers }: Visit): Promise<void> {
  await page.goto(`/courses/${offered.slug}`)
  await page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
  await page.getByRole('button', { name: 'Pay now' }).click()
  await page.frameLocator('iframe').getByRole('button', { name: /^Pay/ }).click()
  await page.getByText('You are in').first().waitFor()
  const loaded = [
    '200 https://checkout.razorpay.com/v1/checkout.js',
    '200 https://cdn.razorpay.com/frame.js',
    '200 https://cdn.razorpay.com/picture.png',
    '204 https://lumberjack.razorpay.com/beacon',
    '200 https://api.razorpay.com/v1/checkout/frame',
  ]
  await expect.poll(() => answers).toEqual(expect.arrayContaining(loaded))
  const paid = () => deliveries('razorpay').then((all) => all.find(({ type }) => type === 'order.paid'))
  await expect.poll(paid).toMatchObject({ status: 'delivered', responseStatus: 200 })
}

async function watch({ page, answers }: Visit): Promise<void> {
  await page.getByRole('link', { name: 'Continue learning' }).click()
  await page.waitForURL(`**/learn/${offered.slug}/*`)
  const player = page.locator('mux-player')
  await until(() => player.evaluate((element: HTMLVideoElement) => element.readyState > 0), 'the player')
  await player.evaluate((element: HTMLVideoElement) => element.play())
  await until(() => player.evaluate((element: HTMLVideoElement) => element.currentTime > 0.5), 'the video')
  const playbackId = await player.getAttribute('playback-id')
  expect(answers).toContain(`200 https://stream.mux.com/${playbackId}.m3u8`)
  expect(answers).toContain(`200 https://image.mux.com/${playbackId}/thumbnail.webp`)
  expect(answers).toContain(`200 https://image.mux.com/${playbackId}/storyboard.vtt`)
  expect(answers.some((answer) => /^20[06] https:\/\/chunk-[\w.-]+\.mux\.com\/.*\.m4s$/.test(answer))).toBe(
    true,
  )
}

async function changePicture({ page, answers }: Visit): Promise<void> {
  await page.goto('/account')
  await page.getByLabel('Profile picture').setInputFiles('bin/demo/pictures/cafe.webp')
  await page.getByText('Your profile picture is saved.').waitFor()
  const shown = page.locator('#picture img.avatar')
  await until(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth > 0), 'the picture')
  expect(await shown.getAttribute('src')).toMatch(/^https:\/\/\w+\.ufs\.sh\/f\//)
  expect(answers.some((answer) => /^200 https:\/\/sea1\.ingest\.uploadthing\.com\//.test(answer))).toBe(true)
}

async function signOut({ page, context }: Visit): Promise<void> {
  await page.goto('/')
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Kavya|account/i })
    .click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).first().waitFor()
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('__Host-session')
}

it('sets no variable that points an adapter at another server', () => {
  const names = Object.keys(rehearsal.environment).filter((name) =>
    /^(MUX|RAZORPAY|UPLOADTHING|GOOGLE)_/.test(name),
  )
  const mux = ['TOKEN_ID', 'TOKEN_SECRET', 'WEBHOOK_SECRET', 'SIGNING_KEY_ID', 'SIGNING_PRIVATE_KEY']
  expect(names.toSorted()).toEqual(
    [
      ...mux.map((name) => `MUX_${name}`),
      ...['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET'],
      ...['UPLOADTHING_TOKEN', 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
    ].toSorted(),
  )
})

it(
  'a newcomer buys, watches, shows a picture and comes back with Google, and no page complains',
  async () => {
    const visitor = await visit()
    const { page, context, complaints } = visitor
    const first = await page.goto(rehearsal.origin.replace('https:', 'http:'))
    expect(first?.url()).toBe(`${rehearsal.origin}/`)
    expect(first?.headers()['strict-transport-security']).toMatch(/^max-age=\d{8}/)

    await signUpAndVerify(visitor, 'kavya@rehearsal.example.com')
    await buy(visitor)
    await watch(visitor)
    await changePicture(visitor)
    const cookies = await context.cookies()
    for (const cookie of cookies)
      expect(cookie).toMatchObject({
        ...{ name: expect.stringMatching(/^__Host-/), domain: 'learn.rehearsal.test', path: '/' },
        ...{ secure: true, httpOnly: true, sameSite: 'Lax' },
      })
    expect(cookies.map(({ name }) => name)).toContain('__Host-session')
    await signOut(visitor)

    await page.goto('/account')
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.waitForURL('https://accounts.google.com/**')
    await page.getByRole('button', { name: /Asha Rao/ }).click()
    await page.waitForURL(`${rehearsal.origin}/account`)
    expect(await page.getByRole('main').textContent()).toContain('asha.rao@gmail.com')
    expect(complaints).toEqual([])
    await context.close()
  },
  3 * minuteMs,
)
