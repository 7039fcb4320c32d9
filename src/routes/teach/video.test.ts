import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { chapterVideos } from '../../../test/video/chapter-videos'
import { fileWorld } from '../../../test/world'
import { transact } from '../../db/connect'
import { chapters, courses, videoUploads } from '../../db/schema'
import { applyVideoEvent, assetDeleted } from '../../models/teach/video/event'
import { paths } from '../../paths'
import { hourSeconds } from '../../rules/time'

const world = fileWorld({ liveJobs: true })
let instructor: Person
let videos: ReturnType<typeof chapterVideos>
beforeAll(async () => {
  instructor = await person(world, { role: 'instructor' })
  videos = chapterVideos(world, instructor)
})

const everyAddress = (made: Course, chapterId: string) =>
  [
    ['get', paths.teachVideo(made.id, chapterId)],
    ['post', paths.teachVideo(made.id, chapterId)],
    ['post', paths.teachVideoDelete(made.id, chapterId)],
    ['post', paths.teachUploadDelete(made.id, chapterId)],
  ] as const

describe("a chapter's video", () => {
  it('is not found by other instructors, administrators and students, or through another course', async () => {
    const { made, id } = await videos.newCourse()
    const foreign = await videos.newCourse()
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
      expect((await instructor.browser[method](address)).status).toBe(404)
    const rows = await world.services.db.select().from(videoUploads).where(eq(videoUploads.chapterId, id))
    expect(rows).toEqual([])
  })

  it('goes from none through waiting and preparing to ready, and only signed links play it', async () => {
    const { id, address } = await videos.newCourse()
    const first = (await instructor.browser.get(address)).$
    expect(first('#video-state').attr('data-state')).toBe('none')
    expect(first('#video-state').attr('hx-trigger')).toBe('video-changed')
    expect(first('noscript').text()).toContain('needs JavaScript')
    const { status, body } = await videos.open(address)
    expect(status).toBe(200)
    expect(body.uploadUrl).toMatch(/^http/)
    const waiting = (await instructor.browser.get(address)).$('#video-state')
    expect(waiting.attr('data-state')).toBe('waiting')
    expect(waiting.attr('hx-trigger')).toContain('every 3s')
    const opened = (await videos.vendorState()).uploads.find(
      ({ new_asset_settings }) => new_asset_settings.passthrough === body.uploadId,
    )
    expect(opened).toMatchObject({
      cors_origin: world.origin,
      new_asset_settings: { playback_policies: ['signed'] },
    })
    await world.settings('mux', { delaySeconds: hourSeconds })
    expect((await videos.put(body.uploadUrl)).status).toBe(200)
    await videos.untilState(address, 'preparing')
    await world.settings('mux', { delaySeconds: 0 })
    await videos.untilState(address, 'ready')
    const asset = (await videos.vendorState()).assets.find(({ passthrough }) => passthrough === body.uploadId)
    expect(asset?.playback_ids.map(({ policy }) => policy)).toEqual(['signed'])
    expect(await videos.playing(id)).toMatchObject({ assetId: asset?.id })
    const ready = (await instructor.browser.get(address)).$
    expect(ready('#video-preview [data-preview]')).toHaveLength(1)
    expect(ready.html()).not.toContain('token=')
  })

  it('answers the asking page with nothing until something changed, then with the preview beside', async () => {
    const { made, id, address } = await videos.newCourse()
    const asked = async () => (await instructor.browser.get(address)).$('#video-state').attr('hx-get') ?? ''
    const none = await asked()
    expect((await instructor.browser.part.get(none)).status).toBe(204)
    const { body } = await videos.open(address)
    const changed = await instructor.browser.part.get(none)
    expect(changed.status).toBe(200)
    expect(changed.$('#video-state').attr('data-state')).toBe('waiting')
    expect(changed.$('hx-partial')).toHaveLength(0)
    expect(changed.trigger).toHaveProperty('video-shown')
    await videos.put(body.uploadUrl)
    await videos.untilState(address, 'ready')
    const ready = await instructor.browser.part.get(none)
    expect(ready.$('hx-partial').attr('hx-target')).toBe('#video-preview')
    expect(ready.html).toContain(paths.chapterPlayer(made.slug, id))
    expect(ready.html).not.toContain('<html')
  })

  it('keeps the old video playing until the new one is ready, then deletes the old one at once', async () => {
    const { id, address } = await videos.newCourse()
    await videos.put((await videos.open(address)).body.uploadUrl)
    await videos.untilState(address, 'ready')
    const old = await videos.playing(id)
    const second = await videos.open(address)
    expect((await videos.playing(id))?.assetId).toBe(old?.assetId)
    expect((await instructor.browser.get(address)).$('#video-state').text()).toContain(
      'until the new one is ready',
    )
    await videos.put(second.body.uploadUrl)
    await videos.untilState(address, 'ready')
    await until(
      async () => (await videos.playing(id))?.assetId !== old?.assetId || undefined,
      'the new video',
    )
    await until(
      async () =>
        !(await videos.vendorState()).assets.some((asset) => asset.id === old?.assetId) || undefined,
      'the old asset to go',
    )
    expect(
      (await videos.vendorState()).assets.some((asset) => asset.passthrough === second.body.uploadId),
    ).toBe(true)
  })

  it('explains why a file is not a video, and keeps the present one', async () => {
    const { id, address } = await videos.newCourse()
    await videos.put((await videos.open(address)).body.uploadUrl)
    await videos.untilState(address, 'ready')
    const before = await videos.playing(id)
    await videos.put((await videos.open(address)).body.uploadUrl, new TextEncoder().encode('no video at all'))
    await videos.untilState(address, 'errored')
    const { $ } = await instructor.browser.get(address)
    expect($('#video-state [role=alert]').text()).toContain('not a video that can be played')
    expect($('#video-state').text()).toContain('Students see the present video')
    expect(await videos.playing(id)).toEqual(before)
  })

  it('can be removed: the chapter and, after its last one, the course are drafts again', async () => {
    const made = await course(world, { owner: instructor, chapters: 2 })
    const ids = made.chapters.map((chapter) => chapter.id)
    const published = async () => {
      const rows = await world.services.db.select().from(chapters).where(eq(chapters.courseId, made.id))
      const [row] = await world.services.db.select().from(courses).where(eq(courses.id, made.id))
      return { chapters: rows.filter(({ isPublished }) => isPublished).length, course: row?.isPublished }
    }
    for (const [index, id] of ids.entries()) {
      const answer = await instructor.browser.post(paths.teachVideoDelete(made.id, id))
      expect([answer.status, answer.location]).toEqual([303, paths.teachChapter(made.id, id)])
      expect(await videos.playing(id)).toBeUndefined()
      expect(await published()).toEqual({ chapters: 1 - index, course: index === 0 })
      expect(await videos.state(paths.teachVideo(made.id, id))).toBe('none')
    }
    const again = await instructor.browser.part.post(paths.teachVideoDelete(made.id, ids[0] ?? ''))
    expect(again.headers.get('HX-Redirect')).toBe(paths.teachChapter(made.id, ids[0] ?? ''))
  })

  it('of a lesson that somebody has bought stays with them when it is removed, and can be replaced', async () => {
    const made = await course(world, { owner: instructor, chapters: 2 })
    const [{ id, playbackId } = { id: '', playbackId: '' }] = made.chapters
    const [earlier, later] = [await person(world), await person(world)]
    await give(world, earlier, made)
    const lesson = paths.chapter(made.slug, id)
    for (const _ of [1, 2]) {
      const { body } = await videos.open(paths.teachVideo(made.id, id))
      const { location } = await instructor.browser.post(paths.teachVideoDelete(made.id, id))
      expect((await instructor.browser.get(location ?? '')).$('.site-notice').text()).toContain(
        '1 student keeps it, marked as withdrawn',
      )
      await videos.untilCancelled(body.uploadId)
    }
    await give(world, later, made)
    expect(await videos.playing(id)).toMatchObject({ playbackId })
    expect((await earlier.browser.get(lesson)).html).toContain('<mux-player')
    expect((await later.browser.get(lesson)).status).toBe(404)

    const { body } = await videos.open(paths.teachVideo(made.id, id))
    await videos.put(body.uploadUrl)
    await until(
      async () => (await videos.playing(id))?.playbackId !== playbackId || undefined,
      'the new video',
    )
    expect((await earlier.browser.get(lesson)).html).toContain('<mux-player')
  })

  it('that the video service has lost leaves the rest of a bought lesson to who bought it', async () => {
    const made = await course(world, { owner: instructor, chapters: 2 })
    const [{ id } = { id: '' }] = made.chapters
    const [earlier, later] = [await person(world), await person(world)]
    await give(world, earlier, made)
    await transact(world.services.db, (tx) =>
      applyVideoEvent(tx, world.services, assetDeleted({ assetId: `asset-${id}` })),
    )
    await give(world, later, made)
    expect(await videos.playing(id)).toBeUndefined()
    const lesson = await earlier.browser.get(paths.chapter(made.slug, id))
    expect([lesson.status, lesson.$('main').text()]).toEqual([200, expect.stringContaining('About lesson 1')])
    expect((await later.browser.get(paths.chapter(made.slug, id))).status).toBe(404)
  })

  it('is closed to other sites', async () => {
    const { address } = await videos.newCourse()
    const answer = await instructor.browser.post(
      address,
      {},
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://x.example' },
    )
    expect(answer.status).toBe(403)
  })
})

describe('a site without a video service', () => {
  it('shows it, and refuses to open uploads', async () => {
    const { made, id, address } = await videos.newCourse()
    const { video } = world.services
    world.services.video = null
    try {
      expect((await instructor.browser.get(address)).$('main').text()).toContain('Videos cannot be added yet')
      expect((await videos.open(address)).status).toBe(503)
      expect((await instructor.browser.post(paths.teachVideoDelete(made.id, id))).status).toBe(303)
    } finally {
      world.services.video = video
    }
  })
})
