import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { chapters, courses, jobs, muxData, videoUploads } from '../src/db/schema'
import { openSession } from '../src/models/account/session'
import { openUpload } from '../src/models/teach/video/upload'
import { daySeconds, hourSeconds, later } from '../src/rules/time'
import { required } from '../src/services'
import { newBuyer, owns, pay } from '../test/payments'
import { type Course, course, type Person, person } from '../test/people'
import { until } from '../test/until'
import { fileWorld } from '../test/world'
import { chooseEnvironment } from './environment'
import { reconcile } from './reconcile'

const world = fileWorld()
let instructor: Person
beforeAll(async () => {
  instructor = await person(world, { role: 'instructor' })
})

const hour = hourSeconds
const video = () => required(world.services.video, 'Video')
const run = async (...args: string[]) => {
  const lines: string[] = []
  await reconcile(args, world.services, (line) => lines.push(line))
  return lines
}
const assets = async () => {
  const ids: string[] = []
  for await (const { assetId } of video().listAssets()) ids.push(assetId)
  return ids
}
/** An asset that is ready at the vendor, opened with this id and creator. */
async function asset(uploadId: string, creatorId: string): Promise<string> {
  const { url, vendorUploadId } = await video().openUpload({ uploadId, title: 'A clip', creatorId })
  await fetch(url, { method: 'PUT', body: await readFile('test/clip.mp4') })
  return until(async () => {
    const { assetId } = (await video().findUpload(vendorUploadId)) ?? {}
    return assetId && (await video().findAsset(assetId))?.state === 'ready' ? assetId : undefined
  }, 'an asset')
}
/** A chapter that plays a really uploaded video, taken in without any webhook. */
async function withVideo(): Promise<{ made: Course; id: string; assetId: string }> {
  const made = await course(world, { owner: instructor, chapters: 1 })
  const id = made.chapters[0]?.id ?? ''
  await world.services.db.delete(muxData).where(eq(muxData.chapterId, id))
  const { url, uploadId } = await openUpload(world.services, { id, title: 'One', ownerId: instructor.id })
  await fetch(url, { method: 'PUT', body: await readFile('test/clip.mp4') })
  await until(async () => {
    world.advance(300)
    await world.runJobs()
    const [row] = await world.services.db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
    return row?.state === 'ready'
  }, 'the video')
  const [row] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
  return { made, id, assetId: row?.assetId ?? '' }
}

describe('npm run reconcile', () => {
  it('finds nothing to do when everything matches, even without webhooks', async () => {
    await world.settings('mux', { webhooks: 'off' })
    await withVideo()
    world.advance(2 * hour)
    expect(await run()).toEqual(['Every video has its chapter, and every chapter its video.'])
  })

  it('deletes our assets that nothing plays after thirty days, but no young ones and none of others', async () => {
    const kept = await withVideo()
    const ours = await asset(crypto.randomUUID(), instructor.id)
    const foreign = await asset(crypto.randomUUID(), 'somebody of another site')
    const named = await asset('another product', '')
    const clock = { ...world.services, now: () => new Date() }
    const lines: string[] = []
    await reconcile([], clock, (line) => lines.push(line))
    expect(lines).toEqual(['Every video has its chapter, and every chapter its video.'])
    world.advance(2 * hour)
    expect(await run('--list')).toEqual([
      `orphan ${ours}: no chapter plays it`,
      '1 found; nothing was changed.',
    ])
    expect(await world.services.db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))).toEqual([])
    const day = later(world.services.now(), 30 * daySeconds)
      .toISOString()
      .slice(0, 10)
    expect(await run('--yes')).toEqual([
      `orphan ${ours}: no chapter plays it: to be deleted on ${day}`,
      '1 found and repaired.',
    ])
    expect(await run()).toEqual([
      '1 video waits to be deleted already.',
      'Every video has its chapter, and every chapter its video.',
    ])
    world.advance(29 * daySeconds)
    await world.runJobs()
    expect(await assets()).toContain(ours)
    world.advance(daySeconds)
    await world.runJobs()
    const left = await assets()
    expect(left).not.toContain(ours)
    expect(left).toEqual(expect.arrayContaining([kept.assetId, foreign, named]))
  })

  it('deletes nothing that is known again by then', async () => {
    const { id, assetId } = await withVideo()
    const { db } = world.services
    const [row] = await db.select().from(muxData).where(eq(muxData.chapterId, id))
    if (!row) throw new Error('The chapter has no video.')
    await db.delete(muxData).where(eq(muxData.chapterId, id))
    world.advance(2 * hour)
    expect((await run('--yes'))[0]).toMatch(new RegExp(`^orphan ${assetId}: .*to be deleted on`))
    await db.insert(muxData).values(row)
    world.advance(31 * daySeconds)
    await world.runJobs()
    expect(await db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))).toEqual([])
    expect(await assets()).toContain(assetId)
  })

  it('stops at more orphans than get lost by themselves, and repairs nothing else before', async () => {
    const gone = await withVideo()
    await video().deleteAsset(gone.assetId)
    const orphan = await asset(crypto.randomUUID(), instructor.id)
    world.advance(2 * hour)
    const lines: string[] = []
    const stopped = reconcile([], world.services, (line) => lines.push(line))
    await expect(stopped).rejects.toThrow(
      /plays 1 of the \d+ videos? of this site.*Nothing was changed.*--yes/,
    )
    expect(lines).toEqual([
      `orphan ${orphan}: no chapter plays it`,
      `missing ${gone.assetId}: played by "Lesson 1" of "${gone.made.title}"`,
    ])
    const { db } = world.services
    expect(await db.select().from(muxData).where(eq(muxData.assetId, gone.assetId))).toHaveLength(1)
    expect(await db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))).toEqual([])
    expect((await run('--yes')).at(-1)).toBe('2 found and repaired.')
    world.advance(30 * daySeconds)
    await world.runJobs()
    expect(await assets()).not.toContain(orphan)
  })

  it('applies the event of a video that was lost', async () => {
    const made = await course(world, { owner: instructor, chapters: 1 })
    const id = made.chapters[0]?.id ?? ''
    await world.services.db.delete(muxData).where(eq(muxData.chapterId, id))
    const { url, uploadId } = await openUpload(world.services, { id, title: 'One', ownerId: instructor.id })
    await fetch(url, { method: 'PUT', body: await readFile('test/clip.mp4') })
    await until(async () => {
      for await (const one of video().listAssets())
        if (one.uploadId === uploadId) return one.state === 'ready'
      return false
    }, 'the asset')
    await world.services.db.delete(jobs)
    world.advance(2 * hour)
    expect((await run())[0]).toMatch(/^stale .*: its events were lost: ready now: playing$/)
    const [row] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
    expect(row?.durationSeconds).toBeGreaterThan(0)
  })

  it('removes a video that is gone from its chapter, which is then a draft', async () => {
    const { made, id, assetId } = await withVideo()
    await video().deleteAsset(assetId)
    expect(await run()).toEqual([
      `missing ${assetId}: played by "Lesson 1" of "${made.title}": video removed, course unpublished`,
      '1 found and repaired.',
    ])
    const [chapter] = await world.services.db.select().from(chapters).where(eq(chapters.id, id))
    const [row] = await world.services.db.select().from(courses).where(eq(courses.id, made.id))
    expect([chapter?.isPublished, row?.isPublished]).toEqual([false, false])
    // Weeks have passed since somebody signed in.
    instructor.browser.cookies.set('session', await openSession(world.services, instructor.id, 'Browser'))
    const { $ } = await instructor.browser.get(`/teach/courses/${made.id}/chapters/${id}/video`)
    expect($('#video-state').attr('data-state')).toBe('errored')
    expect($('#video-state').text()).toContain('no longer exists at the video service')
  })

  it('changes nothing when the service is down, or when it seems to be another account', async () => {
    await world.settings('mux', { down: true })
    await expect(run()).rejects.toMatchObject({ code: 'upstream' })
    await world.settings('mux', { down: false })
    const many = await course(world, { owner: instructor, chapters: 20 })
    await expect(run()).rejects.toThrow('20 of')
    for (const { id } of many.chapters) {
      const rows = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
      expect(rows).toHaveLength(1)
    }
  })

  it('explains its options, and reads the development environment only in development', async () => {
    await expect(run('--force')).rejects.toThrow('Usage')
    expect(chooseEnvironment({ DATABASE_URL: 'mysql://x' }, 'package.json')).toEqual({
      DATABASE_URL: 'mysql://x',
    })
    expect(chooseEnvironment({ NODE_ENV: 'production' }, 'package.json')).toEqual({ NODE_ENV: 'production' })
    expect(chooseEnvironment({}, 'package.json')).toMatchObject({ name: 'codecrafters-lms' })
    expect(chooseEnvironment({}, 'nowhere.json')).toEqual({})
  })
})

describe('payments', () => {
  const since = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const paidOrder = async () => {
    const buyer = await newBuyer(world)
    return { ...buyer, paymentId: (await pay(world, buyer.vendorOrderId)).razorpay_payment_id }
  }

  it('are listed, and recorded when nothing else is asked', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, paymentId } = await paidOrder()
    const what = `Payment ${paymentId} of ₹499 is captured at Razorpay and not known here.`
    const listed = await run('payments', '--since', since(), '--list')
    expect(listed).toContain(`Found: ${what}`)
    expect(listed.at(-1)).toBe('1 found; nothing was changed.')
    expect(await owns(world, student)).toBe(false)
    expect(await run('payments', '--since', since())).toEqual([
      `Recorded: ${what}`,
      '1 payments, 0 refunds and 0 disputes compared with Razorpay.',
      'Every rupee is accounted for.',
    ])
    expect(await owns(world, student)).toBe(true)
  })

  it.each([
    ['payments'],
    ['payments', '--since'],
    ['payments', '--since', 'yesterday'],
    ['payments', '--since', '2026-13-01'],
    ['videos', '--since', '2026-11-01'],
    ['money'],
    ['videos', '--list', '--yes'],
    ['payments', '--since', '2026-11-01', '--yes'],
  ])('are not touched by %s %s %s %s', async (...args) => {
    await expect(run(...args.filter((word) => word !== undefined))).rejects.toThrow('Usage')
  })
})
