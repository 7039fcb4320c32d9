import { type AddressInfo, createServer } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askedStates, untilAsked } from '../../../test/health'
import { mailsTo } from '../../../test/mailbox'
import { type Person, person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { serviceProbes } from '../../db/schema'
import { paths } from '../../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
  await world.services.otp?.migrate(world.services.config.OTP_TTL_SECONDS)
})

const all = Array<string>(7).fill('Answers')
const upset = ['mail', 'razorpay', 'mux', 'uploadthing', 'google', 'mongo']
const setDown = async (down: boolean) => {
  for (const part of upset) await world.settings(part, { down })
}
afterEach(async () => {
  await setDown(false)
  for (const part of ['razorpay', 'mux']) await world.settings(part, { answer: null })
})

const probes = () => world.services.db.select().from(serviceProbes)
const rows = async (query: Parameters<typeof paths.adminHealth>[0] = {}) => {
  const page = await admin.browser.get(paths.adminHealth(query))
  expect(page.status).toBe(200)
  return page
    .$('#services tbody tr')
    .map((_, row) => page.$(row).text().replace(/\s+/g, ' '))
    .get()
}

describe('the health of the site', () => {
  it('says of each service that it answers, when, and how long it took', async () => {
    await untilAsked(world, admin, all)
    for (const row of await rows()) expect(row).toMatch(/Answers.*\(\d+ s ago, in \d+ ms\)/)
  })

  it('says of each that fails what it said, and when it answered last', async () => {
    await untilAsked(world, admin, all)
    await setDown(true)
    await untilAsked(world, admin, ['Answers', ...Array<string>(6).fill('Fails')])
    const [database, payments, video, files, mail, otp, identity] = await rows()
    expect(database).toMatch(/MySQL ?Answers/)
    expect(payments).toMatch(/Fails.*ago, in.*503 SERVER_ERROR We are facing some trouble/)
    expect(video).toMatch(/Fails.*ago, in.*500 .*Something went wrong on our side/)
    expect(files).toMatch(/Fails.*ago, in.*503 .*UploadThing is down/)
    expect(mail).toMatch(/Fails.*ago, in.*421 The mail server takes no mail just now/)
    expect(otp).toMatch(/Fails.*ago, in/)
    expect(identity).toMatch(/Fails.*ago, in.*503 Google is down/)
    const overview = await admin.browser.get(paths.admin())
    expect(overview.$('#health .badge-danger')).toHaveLength(6)
    expect(overview.$('#health').text()).not.toContain('Configured')
  })

  it('is known to whoever looks after a restart, and what failed before stays to be read', async () => {
    await setDown(true)
    await untilAsked(world, admin, ['Answers', ...Array<string>(6).fill('Fails')])
    await setDown(false)
    await untilAsked(world, admin, all)
    const kept = await probes()
    expect(kept).toHaveLength(7)
    for (const row of await rows().then(([, ...vendors]) => vendors))
      expect(row).toMatch(/Answers.*in \d+ ms\).*ago\)$/)
  })

  it('asks each service once in ten seconds, however many look at once', async () => {
    await untilAsked(world, admin, all)
    world.advance(11)
    await Promise.all(Array.from({ length: 12 }, () => rows({ ask: 'now' })))
    const asked = (await probes()).map(({ askedAt }) => askedAt.getTime())
    world.advance(5)
    await Promise.all(Array.from({ length: 12 }, () => rows({ ask: 'now' })))
    expect((await probes()).map(({ askedAt }) => askedAt.getTime())).toEqual(asked)
  })

  it('is a page at once while services hang, then says that they did not answer in time', async () => {
    await untilAsked(world, admin, all)
    for (const part of ['razorpay', 'mux']) await world.settings(part, { answer: 'hang' })
    world.advance(11)
    const page = await admin.browser.get(paths.adminHealth())
    expect(page.$('#services').attr('hx-trigger')).toBe('load delay:1s')
    expect(page.$('#services .badge:contains(Checking)')).toHaveLength(2)
    const states = await askedStates(world, admin)
    expect(states.slice(0, 3)).toEqual(['Answers', 'Fails', 'Fails'])
    const [, payments, video] = await rows()
    for (const row of [payments, video]) expect(row).toContain('No answer within 3 seconds.')
  })

  it('gives away no key, whatever a service repeats', async () => {
    const { MUX_TOKEN_ID, MUX_TOKEN_SECRET, RAZORPAY_KEY_SECRET, UPLOADTHING_TOKEN } = world.environment
    await setDown(true)
    await askedStates(world, admin)
    const told = JSON.stringify(await probes()) + (await rows()).join()
    for (const secret of [MUX_TOKEN_ID, MUX_TOKEN_SECRET, RAZORPAY_KEY_SECRET, UPLOADTHING_TOKEN])
      expect(told).not.toContain(secret)
  })
})

it('Wrong keys are told in the words of the service', async () => {
  const other = await openWorld({
    environment: { MUX_TOKEN_SECRET: 'wrong', RAZORPAY_KEY_SECRET: 'wrong', MUX_TOKEN_ID: 'sandbox' },
  })
  try {
    const someone = await person(other, { role: 'admin' })
    await askedStates(other, someone)
    const page = await someone.browser.get(paths.adminHealth())
    const said = page.$('#services').text()
    expect(said).toContain('401 BAD_REQUEST_ERROR Authentication failed')
    expect(said).toMatch(/401 .*Unauthorized request/)
  } finally {
    await other.close()
  }
})

it('A store that would keep codes for ever is told, with the command that mends it', async () => {
  await untilAsked(world, admin, all)
  const { otp, config } = world.services
  await otp?.migrate(600)
  await untilAsked(world, admin, all.with(5, 'Fails'))
  expect((await rows())[5]).toContain('ends codes after 600 s: run npm run migrate')
  await otp?.migrate(config.OTP_TTL_SECONDS)
  await untilAsked(world, admin, all)
})

describe('a test mail', () => {
  const send = () => admin.browser.post(paths.adminHealthMail())
  const said = async () => (await admin.browser.get(paths.adminHealth())).$('.notice').text()

  it('goes to who asks for it, and the page says what the mail server said', async () => {
    expect((await send()).status).toBe(303)
    expect(await said()).toMatch(/The mail server accepted the email and said: 250 .*queued/)
    const [mail] = await mailsTo(world, admin)
    expect(mail?.subject).toContain('A test of the email of')
  })

  it('that the server refuses is told with its code and words', async () => {
    await world.settings('mail', { down: true })
    expect((await send()).status).toBe(303)
    expect(await said()).toMatch(/The email was not sent\. .*421 The mail server takes no mail just now/)
  })

  it('is not offered where email is switched off', async () => {
    const bare = await openWorld({ environment: { SMTP_URL: undefined, MAIL_FROM: undefined } })
    try {
      const alone = await person(bare, { role: 'admin' })
      const page = await alone.browser.get(paths.adminHealth())
      expect(page.$(`form[action="${paths.adminHealthMail()}"]`)).toHaveLength(0)
      expect((await alone.browser.post(paths.adminHealthMail())).status).toBe(503)
    } finally {
      await bare.close()
    }
  })
})

it('A mail server that takes connections and says nothing does not hold the page', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const other = await openWorld({ environment: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
  try {
    const someone = await person(other, { role: 'admin' })
    await askedStates(other, someone)
    const { db } = other.services
    const [mail] = await db.select().from(serviceProbes).where(eq(serviceProbes.service, 'mail'))
    expect(mail).toMatchObject({ answeredAt: null, error: 'No answer within 3 seconds.' })
  } finally {
    await other.close()
    silent.close()
  }
})
