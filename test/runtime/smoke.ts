import { expect } from 'vitest'
import type { BrowserSession } from '../browser-session'
import { openCheckout, type PostedReceipt } from '../payments'
import { course } from '../people'
import { until } from '../until'
import { askToUpload, picture, sendBytes } from '../upload'
import type { World } from '../world'

/** The main job over HTTP: home, search, sign up and in, buy, webhook, lesson. The same on every runtime. */
export async function mainJobRuns(world: World, browser: BrowserSession): Promise<void> {
  const offered = await course(world, { title: 'Kites and knots', previews: 1, chapters: 2 })
  const [preview, locked] = offered.chapters

  const home = await browser.get('/')
  expect(home.status).toBe(200)
  expect(home.$('h1')).toHaveLength(1)
  const found = await browser.get('/courses?q=kite')
  expect(found.$('#results').text()).toContain('Kites and knots')

  const email = `${crypto.randomUUID()}@smoke.example.com`
  const person = { name: 'Dev Rao', email, password: 'correct horse' }
  expect((await browser.post('/sign-up', person)).location).toBe('/learning')
  expect((await browser.post('/sign-out')).status).toBe(303)
  expect((await browser.get('/learning')).location).toBe('/sign-in?next=%2Flearning')
  const wrong = await browser.post('/sign-in', { email, password: 'wrong horse' })
  expect(wrong.status).toBe(422)
  expect((await browser.post('/sign-in', { email, password: 'correct horse' })).status).toBe(303)

  const lockedPage = await browser.get(`/learn/${offered.slug}/${locked?.id}`)
  expect(lockedPage.html).not.toContain(locked?.playbackId)
  expect((await browser.get(`/learn/${offered.slug}/${preview?.id}`)).$('mux-player')).toHaveLength(1)

  const { vendorOrderId: orderId } = await openCheckout({ browser }, offered)
  const paid = await fetch(`${world.sandbox.origin}/razorpay/pay`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ orderId, outcome: 'paid' }),
  })
  const receipt = (await paid.json()) as PostedReceipt
  expect(receipt.razorpay_order_id).toBe(orderId)
  const lesson = await until(async () => {
    const page = await browser.get(`/learn/${offered.slug}/${locked?.id}`)
    return page.html.includes(locked?.playbackId ?? '') ? page : null
  }, 'the webhook to open the course')
  expect(lesson.$('mux-player').attr('src')).toContain('token=')

  const done = await browser.post(`/learn/${offered.slug}/${locked?.id}/progress`, { completed: 'on' })
  expect(done.status).toBe(303)
  expect((await browser.get('/learning')).html).toContain('50% complete')
  expect((await browser.get('/no-such-page')).status).toBe(404)
  const crowd = await Promise.all(Array.from({ length: 10 }, () => browser.get('/health/ready')))
  expect(crowd.map((answer) => answer.html).filter((text) => text !== '{"ready":true,"missing":[]}')).toEqual(
    [],
  )
}

/** A signed-up person whose mail went out although nobody waited for it. */
export async function mailGoesOut(world: World, browser: BrowserSession): Promise<void> {
  const email = `${crypto.randomUUID()}@smoke.example.com`
  await browser.post('/sign-up', { name: 'Tara Sen', email, password: 'correct horse' })
  const offered = await course(world)
  const { vendorOrderId } = await openCheckout({ browser }, offered)
  await fetch(`${world.sandbox.origin}/razorpay/pay`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ orderId: vendorOrderId, outcome: 'paid' }),
  })
  const mails = await until(async () => {
    const answer = await fetch(`${world.sandbox.origin}/mail/messages?to=${email}`)
    const list = (await answer.json()) as { subject: string }[]
    return list.some((mail) => mail.subject.startsWith('Receipt:')) ? list : null
  }, 'the receipt')
  expect(mails.length).toBeGreaterThan(0)
}

/** A picture of oneself: leave from the application, bytes to the store, the store's callback to the application. */
export async function pictureIsUploaded(world: World, browser: BrowserSession): Promise<void> {
  const email = `${crypto.randomUUID()}@smoke.example.com`
  await browser.post('/sign-up', { name: 'Ravi Das', email, password: 'correct horse' })
  const file = picture()
  const ask = (address: string, init: RequestInit) => fetch(address, init)
  const [first, second] = await Promise.all(
    [1, 2].map(() => askToUpload(world, browser, 'avatar', { file, ask })),
  )
  expect([first?.status, second?.status]).toEqual([200, 200])
  expect((await sendBytes(second?.url ?? '', file)).status).toBe(200)
  expect((await browser.get('/account')).$('#picture img.avatar').attr('src')).toContain(second?.key)
}
