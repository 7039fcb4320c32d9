import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Person, person } from '../../test/people'
import { askToUpload, callBackAgain, picture, sendBytes, upload } from '../../test/upload'
import { fileWorld, openWorld } from '../../test/world'
import { jobs, users } from '../db/schema'
import { required } from '../services'

const world = fileWorld()

const pictureOf = async ({ id }: Pick<Person, 'id'>) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  return user?.imageKey
}
const isStored = async (key: string) => {
  const files = required(world.services.files, 'Files')
  return (await fetch(files.publicUrl(key))).ok
}

describe('a profile picture', () => {
  it('goes from browser to store and stands on every page', async () => {
    const asha = await person(world)
    const key = await upload(world, asha.browser, 'avatar', { file: picture() })
    expect(await pictureOf(asha)).toBe(key)
    const { $, headers } = await asha.browser.get('/account')
    const address = required(world.services.files, 'Files').publicUrl(key)
    expect($('#picture img.avatar').attr('src')).toBe(address)
    expect($('.account-menu img.avatar').attr('src')).toBe(address)
    const store = new URL(world.sandbox.environment.UPLOADTHING_INGEST_URL ?? '').origin
    expect(headers.get('Content-Security-Policy')).toMatch(new RegExp(`connect-src 'self' ${store}`))
    expect(headers.get('Content-Security-Policy')).not.toContain('unsafe-inline')
  })

  it('comes to htmx as the part that changes, with the one in the head', async () => {
    const { browser } = await person(world)
    const { $, html } = await browser.part.get('/account')
    expect($('section#picture [data-upload]').length).toBe(1)
    expect(html).toContain('<hx-partial hx-target=".account-menu .avatar"')
    expect(html).not.toContain('<html')
  })

  it('takes the place of the old one, which is deleted', async () => {
    const asha = await person(world)
    const old = await upload(world, asha.browser, 'avatar', { file: picture() })
    const fresh = await upload(world, asha.browser, 'avatar', { file: picture() })
    expect(fresh).not.toBe(old)
    await world.runJobs()
    expect([await isStored(old), await isStored(fresh)]).toEqual([false, true])
    expect(await pictureOf(asha)).toBe(fresh)
  })

  it('is saved once: an old callback changes nothing', async () => {
    const asha = await person(world)
    const old = await upload(world, asha.browser, 'avatar', { file: picture() })
    expect((await callBackAgain(world, 'avatar', { metadata: { userId: asha.id }, key: old })).status).toBe(
      200,
    )
    expect(await pictureOf(asha)).toBe(old)
    const fresh = await upload(world, asha.browser, 'avatar', { file: picture() })
    expect((await callBackAgain(world, 'avatar', { metadata: { userId: asha.id }, key: old })).status).toBe(
      200,
    )
    await world.runJobs()
    expect(await pictureOf(asha)).toBe(fresh)
    expect(await isStored(fresh)).toBe(true)
  })

  it('belongs to the user who asked, whatever the browser sends', async () => {
    const asha = await person(world)
    const ravi = await person(world)
    const file = picture()
    const { url, key } = await askToUpload(world, asha.browser, 'avatar', {
      file,
      input: { userId: ravi.id },
    })
    await sendBytes(url ?? '', file)
    expect([await pictureOf(asha), await pictureOf(ravi)]).toEqual([key, null])
    expect(
      (
        await callBackAgain(world, 'avatar', {
          metadata: { userId: ravi.id },
          key: 'stolen',
          secret: 'sk_guess',
        })
      ).status,
    ).toBe(400)
    expect(await pictureOf(ravi)).toBeNull()
  })

  it('is deleted when the user is suspended', async () => {
    const asha = await person(world)
    const file = picture()
    const { url, key = '' } = await askToUpload(world, asha.browser, 'avatar', { file })
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, asha.id))
    expect((await sendBytes(url ?? '', file)).status).toBe(200)
    expect(await isStored(key)).toBe(true)
    await world.runJobs()
    expect([await pictureOf(asha), await isStored(key)]).toEqual([null, false])
  })

  it('can be taken off', async () => {
    const asha = await person(world)
    const key = await upload(world, asha.browser, 'avatar', { file: picture() })
    const { $ } = await asha.browser.get('/account')
    expect($('form[action="/account/picture/delete"] button').text()).toBe('Remove picture')
    const answer = await asha.browser.post('/account/picture/delete')
    expect(answer).toMatchObject({ status: 303, location: '/account' })
    await asha.browser.post('/account/picture/delete')
    await world.runJobs()
    expect([await pictureOf(asha), await isStored(key)]).toEqual([null, false])
  })

  it('waits with deleting while the store is down', async () => {
    const asha = await person(world)
    const key = await upload(world, asha.browser, 'avatar', { file: picture() })
    await world.settings('uploadthing', { down: true })
    await asha.browser.post('/account/picture/delete')
    await world.runJobs()
    await world.settings('uploadthing', { down: false })
    expect(await isStored(key)).toBe(true)
    world.advance(120)
    await world.runJobs()
    expect(await isStored(key)).toBe(false)
  })
})

describe('permission to upload', () => {
  it('needs a session', async () => {
    const answer = await askToUpload(world, world.browser(), 'avatar', { file: picture() })
    expect(answer).toMatchObject({ status: 403, message: 'Sign in to continue.' })
  })

  it('is refused to visitors, whatever they send', async () => {
    const ask = async (method: string, body?: string) =>
      (await world.app.request(`${world.origin}/api/uploadthing`, { method, body })).status
    expect([await ask('GET'), await ask('POST', '{}'), await ask('POST', 'a'.repeat(70_000))]).toEqual([
      403, 403, 403,
    ])
    expect(await ask('PUT', '{}')).toBe(405)
  })

  it('tells a person what can be uploaded, also who asks for the headers only', async () => {
    const { browser } = await person(world)
    const headers = { Cookie: `session=${browser.cookies.get('session')}` }
    const ask = (method: string) => world.app.request(`${world.origin}/api/uploadthing`, { method, headers })
    expect([(await ask('GET')).status, (await ask('HEAD')).status]).toEqual([200, 200])
  })

  it('is requested in few bytes, also in a claimed callback', async () => {
    const { browser } = await person(world)
    const long = { name: 'a'.repeat(64 * 1024), size: 11, type: 'image/png' }
    expect(await askToUpload(world, browser, 'avatar', { file: long })).toMatchObject({
      status: 413,
      message: 'The request is too large.',
    })
    const headers = { 'uploadthing-hook': 'callback' }
    expect((await askToUpload(world, world.browser(), 'avatar', { file: long, headers })).status).toBe(413)
  })

  it('is not given to other sites', async () => {
    const { browser } = await person(world)
    const ask = (headers: Record<string, string>) =>
      askToUpload(world, browser, 'avatar', { file: picture(), headers })
    expect(await ask({ 'Sec-Fetch-Site': 'cross-site' })).toMatchObject({ status: 403, url: undefined })
    expect(await ask({ 'Sec-Fetch-Site': 'same-site' })).toMatchObject({ status: 403 })
    const answer = await world.app.request(`${world.origin}/api/uploadthing?actionType=upload&slug=avatar`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', Origin: 'https://evil.example' },
      body: '{}',
    })
    expect(answer.status).toBe(403)
  })

  it.each([
    ['a drawing with scripts', { name: 'a.svg', size: 10, type: 'image/svg+xml' }],
    ['more than 2 MB', { name: 'a.png', size: 2 * 1024 * 1024 + 1, type: 'image/png' }],
    ['nothing', { name: 'a.png', size: 0, type: 'image/png' }],
  ])('is not given for %s', async (_what, file) => {
    const { browser } = await person(world)
    expect((await askToUpload(world, browser, 'avatar', { file })).status).toBe(400)
  })

  it('is not given for a route that does not exist', async () => {
    const { browser } = await person(world)
    expect((await askToUpload(world, browser, 'nowhere', { file: picture() })).status).toBe(404)
  })
})

describe('a site without a store', () => {
  it('answers so, and keeps the job to delete a file', async () => {
    const bare = await openWorld({
      environment: Object.fromEntries(
        Object.keys(world.environment)
          .filter((name) => name.startsWith('UPLOADTHING_'))
          .map((name) => [name, undefined]),
      ),
    })
    try {
      const asha = await person(bare)
      expect((await asha.browser.get('/account')).html).toContain('Uploading is not set up on this site yet.')
      const asked = await bare.app.request(`${bare.origin}/api/uploadthing?actionType=upload&slug=avatar`, {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'same-origin' },
        body: '{}',
      })
      expect(asked.status).toBe(503)
      await bare.services.db.update(users).set({ imageKey: 'left-over' }).where(eq(users.id, asha.id))
      await asha.browser.post('/account/picture/delete')
      await bare.runJobs()
      const waiting = await bare.services.db.select().from(jobs)
      expect(waiting).toMatchObject([
        { kind: 'delete-file', lastError: null, payload: { fileKey: 'left-over' } },
      ])
    } finally {
      await bare.close()
    }
  })
})
