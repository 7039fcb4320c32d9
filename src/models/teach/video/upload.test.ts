import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, person } from '../../../../test/people'
import { until } from '../../../../test/until'
import { chapterVideos } from '../../../../test/video/chapter-videos'
import { fileWorld } from '../../../../test/world'
import { videoUploads } from '../../../db/schema'
import { paths } from '../../../paths'

const world = fileWorld({ liveJobs: true })
let instructor: Person
let videos: ReturnType<typeof chapterVideos>
beforeAll(async () => {
  instructor = await person(world, { role: 'instructor' })
  videos = chapterVideos(world, instructor)
})

describe('an upload of a video', () => {
  it('has one upload at a time: a newer one stops the older, which takes no bytes any more', async () => {
    const { address } = await videos.newCourse()
    const older = await videos.open(address)
    const newer = await videos.open(address)
    expect(newer.body.uploadUrl).not.toBe(older.body.uploadUrl)
    await videos.untilCancelled(older.body.uploadId)
    expect((await videos.put(older.body.uploadUrl)).status).toBe(410)
    expect((await videos.put(newer.body.uploadUrl)).status).toBe(200)
    await videos.untilState(address, 'ready')
    const ours = (await videos.vendorState()).assets.map(({ passthrough }) => passthrough)
    expect(ours).toContain(newer.body.uploadId)
    expect(ours).not.toContain(older.body.uploadId)
  })

  it('of many opened at once only the newest stays, and the others are refused', async () => {
    const { address } = await videos.newCourse()
    const answers = await Promise.all(Array.from({ length: 5 }, () => videos.open(address)))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    const live = answers.filter(({ status }) => status === 200).map(({ body }) => body.uploadId)
    expect(live.length).toBeGreaterThan(0)
    const [shown] = [(await instructor.browser.get(address)).$('#video-state').attr('data-upload-id')]
    expect(live).toContain(shown)
    await until(async () => {
      const { uploads } = await videos.vendorState()
      const ids = answers.map(({ body }) => body.uploadId)
      const waiting = uploads.filter(
        ({ status, new_asset_settings }) =>
          status === 'waiting' && live.concat(ids).includes(String(new_asset_settings.passthrough)),
      )
      return waiting.length === 1 || undefined
    }, 'the others to be cancelled')
  })

  it('can be stopped while it waits', async () => {
    const { made, id, address } = await videos.newCourse()
    const { body } = await videos.open(address)
    const answer = await instructor.browser.post(paths.teachUploadDelete(made.id, id))
    expect([answer.status, answer.location]).toEqual([303, paths.teachChapter(made.id, id)])
    expect(await videos.state(address)).toBe('none')
    await videos.untilCancelled(body.uploadId)
    expect((await videos.put(body.uploadUrl)).status).toBe(410)
    expect((await instructor.browser.post(paths.teachUploadDelete(made.id, id))).status).toBe(303)
  })

  it('is refused in words while the video service is down, and leaves nothing behind', async () => {
    const { id, address } = await videos.newCourse()
    const before = await videos.open(address)
    await world.settings('mux', { down: true })
    const { status, body } = await videos.open(address)
    await world.settings('mux', { down: false })
    expect(status).toBe(502)
    expect(body.error).toBe('The video service does not answer at the moment. Please try again later.')
    const rows = await world.services.db.select().from(videoUploads).where(eq(videoUploads.chapterId, id))
    expect(rows.map(({ state }) => state).sort()).toEqual(['cancelled', 'waiting'])
    expect((await videos.put(before.body.uploadUrl)).status).toBe(200)
    await videos.untilState(address, 'ready')
  })
})
