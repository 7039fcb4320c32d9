import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, type Person, person } from '../../test/people'
import { until } from '../../test/until'
import { openWorld, type World } from '../../test/world'
import { chapters, courses, muxData, videoUploads } from '../db/schema'
import { urls } from '../urls'

let world: World
let teacher: Person
beforeAll(async () => {
  world = await openWorld({ liveJobs: true })
  teacher = await person(world, { role: 'instructor' })
})
afterAll(() => world?.close())

/** A course whose first chapter has no video. */
async function bare(given: { chapters?: number } = {}) {
  const made = await course(world, { owner: teacher, chapters: 1, ...given })
  const id = made.chapters[0]?.id ?? ''
  await world.services.db.delete(muxData).where(eq(muxData.chapterId, id))
  const address = urls.teachVideo(made.id, id)
  return { made, id, address }
}
const open = async (address: string, by = teacher) => {
  const answer = await by.browser.post(address, {}, { Accept: 'application/json' })
  return { status: answer.status, body: JSON.parse(answer.html) as Record<string, string> }
}
const state = async (address: string) =>
  (await teacher.browser.get(address)).$('#video-state').attr('data-state')
const becomes = (address: string, expected: string) =>
  until(async () => (await state(address)) === expected || undefined, `state ${expected}`)
const put = async (url = '', bytes?: Uint8Array<ArrayBuffer>) =>
  fetch(url, { method: 'PUT', body: bytes ?? new Uint8Array(await readFile('test/clip.mp4')) })
const vendor = async () =>
  (await (await fetch(`${world.sandbox.origin}/mux/state`)).json()) as {
    uploads: {
      id: string
      status: string
      new_asset_settings: Record<string, unknown>
      cors_origin: string
    }[]
    assets: { id: string; passthrough?: string; playback_ids: { policy: string }[] }[]
  }
const playing = async (id: string) => {
  const [row] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
  return row
}
const everyAddress = (made: Course, chapterId: string) =>
  [
    ['get', urls.teachVideo(made.id, chapterId)],
    ['post', urls.teachVideo(made.id, chapterId)],
    ['post', urls.teachVideoDelete(made.id, chapterId)],
    ['post', urls.teachVideoUploadDelete(made.id, chapterId)],
  ] as const

describe("a chapter's video", () => {
  it('is nobody else’s: other teachers, administrators, students and a wrong course find nothing', async () => {
    const { made, id } = await bare()
    const foreign = await bare()
    const others = [
      await person(world, { role: 'instructor' }),
      await person(world, { role: 'admin' }),
      await person(world),
    ]
    for (const [method, address] of everyAddress(made, id)) {
      for (const { browser } of others) expect((await browser[method](address)).status).toBe(404)
      const visitor = await world.browser()[method](address)
      expect([visitor.status, visitor.location?.startsWith('/sign-in')]).toEqual([303, true])
    }
    for (const [method, address] of [...everyAddress(foreign.made, id), ...everyAddress(made, 'nothing')])
      expect((await teacher.browser[method](address)).status).toBe(404)
    const rows = await world.services.db.select().from(videoUploads).where(eq(videoUploads.chapterId, id))
    expect(rows).toEqual([])
  })

  it('goes from none through waiting and preparing to ready, and only signed links play it', async () => {
    const { id, address } = await bare()
    const first = (await teacher.browser.get(address)).$
    expect(first('#video-state').attr('data-state')).toBe('none')
    expect(first('#video-state').attr('hx-trigger')).toBe('video-changed')
    expect(first('noscript').text()).toContain('needs JavaScript')
    const { status, body } = await open(address)
    expect(status).toBe(200)
    expect(body.uploadUrl).toMatch(/^http/)
    const waiting = (await teacher.browser.get(address)).$('#video-state')
    expect(waiting.attr('data-state')).toBe('waiting')
    expect(waiting.attr('hx-trigger')).toContain('every 3s')
    const opened = (await vendor()).uploads.find(
      ({ new_asset_settings }) => new_asset_settings.passthrough === body.uploadId,
    )
    expect(opened).toMatchObject({
      cors_origin: world.origin,
      new_asset_settings: { playback_policies: ['signed'] },
    })
    await world.settings('mux', { delaySeconds: 2 })
    expect((await put(body.uploadUrl)).status).toBe(200)
    await becomes(address, 'preparing')
    await world.settings('mux', { delaySeconds: 0 })
    await becomes(address, 'ready')
    const asset = (await vendor()).assets.find(({ passthrough }) => passthrough === body.uploadId)
    expect(asset?.playback_ids.map(({ policy }) => policy)).toEqual(['signed'])
    expect(await playing(id)).toMatchObject({ assetId: asset?.id })
    const ready = (await teacher.browser.get(address)).$
    expect(ready('#video-preview [data-preview]')).toHaveLength(1)
    expect(ready.html()).not.toContain('token=')
  })

  it('answers the asking page with nothing until something changed, then with the preview beside', async () => {
    const { made, id, address } = await bare()
    const asked = async () => (await teacher.browser.get(address)).$('#video-state').attr('hx-get') ?? ''
    const none = await asked()
    expect((await teacher.browser.part.get(none)).status).toBe(204)
    const { body } = await open(address)
    const changed = await teacher.browser.part.get(none)
    expect(changed.status).toBe(200)
    expect(changed.$('#video-state').attr('data-state')).toBe('waiting')
    expect(changed.$('hx-partial')).toHaveLength(0)
    await put(body.uploadUrl)
    await becomes(address, 'ready')
    const ready = await teacher.browser.part.get(none)
    expect(ready.$('hx-partial').attr('hx-target')).toBe('#video-preview')
    expect(ready.html).toContain(urls.player(made.slug, id))
    expect(ready.html).not.toContain('<html')
  })

  it('keeps the old video playing until the new one is ready, then deletes the old one at once', async () => {
    const { id, address } = await bare()
    await put((await open(address)).body.uploadUrl)
    await becomes(address, 'ready')
    const old = await playing(id)
    const second = await open(address)
    expect((await playing(id))?.assetId).toBe(old?.assetId)
    expect((await teacher.browser.get(address)).$('#video-state').text()).toContain(
      'until the new one is ready',
    )
    await put(second.body.uploadUrl)
    await becomes(address, 'ready')
    await until(async () => (await playing(id))?.assetId !== old?.assetId || undefined, 'the new video')
    await until(
      async () => !(await vendor()).assets.some((asset) => asset.id === old?.assetId) || undefined,
      'the old asset to go',
    )
    expect((await vendor()).assets.some((asset) => asset.passthrough === second.body.uploadId)).toBe(true)
  })

  it('says in words why a file is no video, and keeps what plays', async () => {
    const { id, address } = await bare()
    await put((await open(address)).body.uploadUrl)
    await becomes(address, 'ready')
    const before = await playing(id)
    await put((await open(address)).body.uploadUrl, new TextEncoder().encode('no video at all'))
    await becomes(address, 'errored')
    const { $ } = await teacher.browser.get(address)
    expect($('#video-state [role=alert]').text()).toContain('not a video that can be played')
    expect($('#video-state').text()).toContain('Students see the video that is there now')
    expect(await playing(id)).toEqual(before)
  })

  it('is removed: the lesson and, when it was the last, the course are drafts again', async () => {
    const made = await course(world, { owner: teacher, chapters: 2 })
    const ids = made.chapters.map((chapter) => chapter.id)
    const published = async () => {
      const rows = await world.services.db.select().from(chapters).where(eq(chapters.courseId, made.id))
      const [row] = await world.services.db.select().from(courses).where(eq(courses.id, made.id))
      return { chapters: rows.filter(({ isPublished }) => isPublished).length, course: row?.isPublished }
    }
    for (const [index, id] of ids.entries()) {
      const answer = await teacher.browser.post(urls.teachVideoDelete(made.id, id))
      expect([answer.status, answer.location]).toEqual([303, urls.teachChapter(made.id, id)])
      expect(await playing(id)).toBeUndefined()
      expect(await published()).toEqual({ chapters: 1 - index, course: index === 0 })
      expect(await state(urls.teachVideo(made.id, id))).toBe('none')
    }
    const again = await teacher.browser.part.post(urls.teachVideoDelete(made.id, ids[0] ?? ''))
    expect(again.headers.get('HX-Redirect')).toBe(urls.teachChapter(made.id, ids[0] ?? ''))
  })

  it('has one upload at a time: a newer one stops the older, which takes no bytes any more', async () => {
    const { address } = await bare()
    const older = await open(address)
    const newer = await open(address)
    expect(newer.body.uploadUrl).not.toBe(older.body.uploadUrl)
    await until(
      async () => (await put(older.body.uploadUrl)).status === 410 || undefined,
      'the older to stop',
    )
    expect((await put(newer.body.uploadUrl)).status).toBe(200)
    await becomes(address, 'ready')
    const ours = (await vendor()).assets.map(({ passthrough }) => passthrough)
    expect(ours).toContain(newer.body.uploadId)
    expect(ours).not.toContain(older.body.uploadId)
  })

  it('of many uploads opened at once only the newest lives, and the others are told', async () => {
    const { address } = await bare()
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(address)))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    const live = answers.filter(({ status }) => status === 200).map(({ body }) => body.uploadId)
    expect(live.length).toBeGreaterThan(0)
    const [shown] = [(await teacher.browser.get(address)).$('#video-state').attr('data-upload-id')]
    expect(live).toContain(shown)
    await until(async () => {
      const { uploads } = await vendor()
      const ids = answers.map(({ body }) => body.uploadId)
      const waiting = uploads.filter(
        ({ status, new_asset_settings }) =>
          status === 'waiting' && live.concat(ids).includes(String(new_asset_settings.passthrough)),
      )
      return waiting.length === 1 || undefined
    }, 'the others to be cancelled')
  })

  it('can be stopped while it waits', async () => {
    const { made, id, address } = await bare()
    const { body } = await open(address)
    const answer = await teacher.browser.post(urls.teachVideoUploadDelete(made.id, id))
    expect([answer.status, answer.location]).toEqual([303, urls.teachChapter(made.id, id)])
    expect(await state(address)).toBe('none')
    await until(async () => (await put(body.uploadUrl)).status === 410 || undefined, 'the upload to stop')
    expect((await teacher.browser.post(urls.teachVideoUploadDelete(made.id, id))).status).toBe(303)
  })

  it('is answered kindly while the video service is down, and nothing hangs about', async () => {
    const { id, address } = await bare()
    const before = await open(address)
    await world.settings('mux', { down: true })
    const { status, body } = await open(address)
    await world.settings('mux', { down: false })
    expect(status).toBe(502)
    expect(body.error).toBe('The video service does not answer just now. Please try again in a moment.')
    const rows = await world.services.db.select().from(videoUploads).where(eq(videoUploads.chapterId, id))
    expect(rows.map(({ state }) => state).sort()).toEqual(['cancelled', 'waiting'])
    expect((await put(before.body.uploadUrl)).status).toBe(200)
    await becomes(address, 'ready')
  })

  it('is refused from another site', async () => {
    const { address } = await bare()
    const answer = await teacher.browser.post(
      address,
      {},
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://x.example' },
    )
    expect(answer.status).toBe(403)
  })
})

describe('a site without a video service', () => {
  it('says so, and refuses to open uploads', async () => {
    const { made, id, address } = await bare()
    const { video } = world.services
    world.services.video = null
    try {
      expect((await teacher.browser.get(address)).$('main').text()).toContain(
        'Videos cannot be added on this site yet',
      )
      expect((await open(address)).status).toBe(503)
      expect((await teacher.browser.post(urls.teachVideoDelete(made.id, id))).status).toBe(303)
    } finally {
      world.services.video = video
    }
  })
})
