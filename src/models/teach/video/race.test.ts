import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { course, person } from '../../../../test/people'
import { Chance } from '../../../../test/video/chance'
import { connectWorker } from '../../../../test/video/connection'
import { Turns } from '../../../../test/video/turns'
import { Vendor } from '../../../../test/video/vendor'
import { fileWorld } from '../../../../test/world'
import type { Db } from '../../../db/connect'
import { chapters, courses, jobs, muxData, videoUploads } from '../../../db/schema'
import { newId } from '../../../ids'
import type { VideoEvent } from '../../../ports/video/video'
import type { Services } from '../../../services'
import type { ChapterKey, CourseKey } from '../own-course'
import { receiveVideoEvent } from './event'
import { cancelVendorUpload, deleteUnusedAsset } from './sync'
import { openUpload, stopUploads } from './upload'
import { removeVideo } from './video'

const world = fileWorld()
let own: CourseKey
let chapter: ChapterKey
const turns = new Turns()
let connections: { db: Db; close: () => Promise<unknown> }[]
beforeAll(async () => {
  const owner = await person(world, { role: 'instructor' })
  const made = await course(world, { owner, chapters: 1 })
  own = { id: made.id, ownerId: owner.id }
  chapter = { id: made.chapters[0]?.id ?? '', courseId: made.id }
  const uri = world.environment.DATABASE_URL ?? ''
  connections = await Promise.all(
    [turns.add(), turns.add()].map((worker) => connectWorker(uri, worker, turns)),
  )
})
afterAll(async () => {
  for (const { close } of connections ?? []) await close()
})

/**
 * A published chapter without a video, and a video service that tells nobody anything by itself.
 */
async function openVideos() {
  const { db, now } = world.services
  for (const table of [jobs, muxData, videoUploads]) await db.delete(table)
  await db.update(chapters).set({ isPublished: true }).where(eq(chapters.id, chapter.id))
  const vendor = new Vendor(
    now,
    () => 'none',
    async () => {},
  )
  const services = { ...world.services, video: vendor }
  const upload = async () => {
    const { url, uploadId } = await openUpload(services, {
      id: chapter.id,
      title: 'A lesson',
      ownerId: own.ownerId,
    })
    vendor.receiveBytes(url)
    const asset = [...vendor.assets.values()].at(-1)
    const about = `${asset?.assetId}`
    return { uploadId, assetId: about, ready: () => vendor.encode(about, true) }
  }
  /** The last event of this type about an asset. */
  const lastEvent = (type: string, about: string) => {
    const found = vendor.outbox.findLast(
      (event) => event.type === type && event.about === 'asset' && event.asset.assetId === about,
    )
    return { ...(found as VideoEvent), id: newId() }
  }
  const receive = (event: VideoEvent, using: Services = services) => receiveVideoEvent(using, event, {})
  return { services, vendor, upload, lastEvent, receive }
}

/** Lets both work at the same time, their steps in the order that this seed gives. */
const race = (seed: number, services: Services, works: ((services: Services) => Promise<unknown>)[]) =>
  turns.race(
    new Chance(seed),
    works.map((work, index) => () => work({ ...services, db: connections[index]?.db ?? services.db })),
  )

const deletedAsset = (assetId: string): VideoEvent => ({
  ...{ id: newId(), type: 'video.asset.deleted' },
  about: 'asset',
  deleted: true,
  asset: {
    ...{ assetId, vendorUploadId: null, uploadId: null, creatorId: null, createdAt: null },
    ...{ playbackId: null, durationSeconds: null, error: null },
    state: 'ready',
  },
})

const playing = async () => {
  const rows = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, chapter.id))
  return rows.map(({ assetId }) => assetId)
}
const toDelete = async () => {
  const rows = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))
  return rows.map(({ payload }) => payload.assetId)
}
const seeds = Array.from({ length: 25 }, (_, index) => index + 1)

describe('at the same time, in any order', () => {
  it('two videos of a chapter are ready: the newer one plays, and the older one is deleted', async () => {
    for (const seed of seeds) {
      const { services, upload, lastEvent, receive } = await openVideos()
      const older = await upload()
      await receive(lastEvent('video.asset.created', older.assetId))
      const newer = await upload()
      await receive(lastEvent('video.asset.created', newer.assetId))
      older.ready()
      newer.ready()
      await race(seed, services, [
        (its) => receive(lastEvent('video.asset.ready', older.assetId), its),
        (its) => receive(lastEvent('video.asset.ready', newer.assetId), its),
      ])
      expect([seed, await playing(), await toDelete()]).toEqual([seed, [newer.assetId], [older.assetId]])
    }
  })

  it('a video is ready and is removed: it does not play, and it is deleted', async () => {
    for (const seed of seeds) {
      const { services, upload, lastEvent, receive } = await openVideos()
      const { ready, assetId } = await upload()
      ready()
      await race(seed, services, [
        (its) => receive(lastEvent('video.asset.ready', assetId), its),
        (its) => removeVideo(its, own, chapter),
      ])
      const [row] = await world.services.db.select().from(videoUploads)
      const cancelled = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'cancel-upload'))
      expect([seed, await playing()]).toEqual([seed, []])
      expect((await toDelete()).length + cancelled.length).toBeGreaterThan(0)
      expect(['cancelled', 'ready']).toContain(row?.state)
    }
  })

  it('the same event comes twice: one video plays, and nothing is deleted', async () => {
    for (const seed of seeds) {
      const { services, upload, lastEvent, receive } = await openVideos()
      const { ready, assetId } = await upload()
      ready()
      const event = lastEvent('video.asset.ready', assetId)
      await race(seed, services, [(its) => receive(event, its), (its) => receive(event, its)])
      expect([seed, await playing(), await toDelete()]).toEqual([seed, [assetId], []])
    }
  })

  it('a newer upload is opened and all are stopped: only one that was answered stays open', async () => {
    for (const seed of seeds) {
      const { services } = await openVideos()
      const opened: string[] = []
      await race(seed, services, [
        async (its) => {
          const { uploadId } = await openUpload(its, {
            id: chapter.id,
            title: 'A lesson',
            ownerId: own.ownerId,
          })
          opened.push(uploadId)
        },
        (its) => stopUploads(its, own, chapter),
      ]).catch((error: { code?: string }) => expect(error.code).toBe('conflict'))
      const isOpen = and(eq(videoUploads.chapterId, chapter.id), eq(videoUploads.state, 'waiting'))
      const rows = await world.services.db.select().from(videoUploads).where(isOpen)
      for (const { id } of rows) expect([seed, opened]).toEqual([seed, [id]])
    }
  })
})

describe('a course whose videos are lost', () => {
  it('is a draft when both of its lessons lose theirs at the same moment', async () => {
    const { db } = world.services
    const owner = await person(world, { role: 'instructor' })
    for (const seed of seeds) {
      const made = await course(world, { owner, chapters: 2 })
      const lost = made.chapters.map(({ id }) => deletedAsset(`asset-${id}`))
      await race(
        seed,
        world.services,
        lost.map((event) => (its) => receiveVideoEvent(its, event, {})),
      )
      const rows = await db.select().from(chapters).where(eq(chapters.courseId, made.id))
      const [row] = await db.select().from(courses).where(eq(courses.id, made.id))
      const published = [...rows.map(({ isPublished }) => isPublished), row?.isPublished]
      expect([seed, ...published]).toEqual([seed, false, false, false])
    }
  })
})

describe('an asset at the video service', () => {
  it('is not deleted while an upload waits for it or a chapter plays it, and is afterwards', async () => {
    const { services, vendor, upload, lastEvent, receive } = await openVideos()
    const { assetId, ready, uploadId } = await upload()
    await receive(lastEvent('video.asset.created', assetId))
    const [row] = await services.db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
    await deleteUnusedAsset(services, assetId)
    await cancelVendorUpload(services, row?.vendorUploadId ?? '')
    expect([...vendor.assets.keys()]).toEqual([assetId])
    ready()
    await receive(lastEvent('video.asset.ready', assetId))
    await deleteUnusedAsset(services, assetId)
    expect([...vendor.assets.keys()]).toEqual([assetId])
    await removeVideo(services, own, chapter)
    await deleteUnusedAsset(services, assetId)
    expect([...vendor.assets.keys()]).toEqual([])
  })
})
