import { eq, inArray } from 'drizzle-orm'
import { transact } from '../../../db/connect'
import { chapters, courses, muxData, users, videoUploads } from '../../../db/schema'
import { AppError } from '../../../errors'
import type { VideoAsset } from '../../../ports/video/video'
import { required, type Services } from '../../../services'
import { applyVideoEvent, assetDeleted, assetEvent } from './event'
import { deleteUnusedAsset } from './sync'

type Parts = Pick<Services, 'db' | 'video' | 'now'>

/** Younger assets are left alone: their webhooks and jobs are still on their way. */
const youngMs = 60 * 60 * 1000
const pageSize = 100
/** So many videos do not vanish by themselves. */
const doubtful = 5

export interface Finding {
  kind: 'orphan' | 'stray' | 'missing'
  assetId: string
  /** What is wrong and what was done, or would be. */
  text: string
}

/**
 * Compares the vendor's assets with the chapters, both ways, and heals what differs: an asset of ours that nothing plays and nothing
 * waits for is deleted, one whose news were lost is taken in, and a chapter whose asset is gone loses its video. Assets of others
 * in the same account (neither our upload's id nor a person of ours on them) and those younger than an hour are not touched.
 * `heal` false only tells. Refuses with `upstream`, and with `conflict` when most videos seem gone, as with another account's keys.
 */
export async function* reconcileVideos(services: Parts, heal: boolean): AsyncIterable<Finding> {
  const video = required(services.video, 'Video')
  const seen = new Set<string>()
  for await (const page of pages(video.listAssets())) {
    for (const { assetId } of page) seen.add(assetId)
    yield* healAssets(services, page, heal)
  }
  yield* healChapters(services, seen, heal)
}

async function* healAssets(services: Parts, page: VideoAsset[], heal: boolean): AsyncIterable<Finding> {
  const { db } = services
  const ids = page.map(({ assetId }) => assetId)
  const played = new Set(
    (await db.select({ id: muxData.assetId }).from(muxData).where(inArray(muxData.assetId, ids))).map(
      ({ id }) => id,
    ),
  )
  const spared = services.now().getTime() - youngMs
  const candidates = page.filter(
    (asset) => !played.has(asset.assetId) && asset.createdAt && asset.createdAt.getTime() <= spared,
  )
  if (candidates.length === 0) return
  const uploads = new Map((await findUploads(services, candidates)).map((row) => [row.id, row]))
  const people = await findPeople(services, candidates)
  for (const asset of candidates) {
    const { assetId, uploadId, creatorId } = asset
    const row = uploadId ? uploads.get(uploadId) : undefined
    if (!row && !(creatorId && people.has(creatorId))) continue
    if (row?.state === 'waiting' || row?.state === 'preparing') {
      if (asset.state === 'preparing' && row.assetId === assetId) continue
      if (heal) await transact(db, (tx) => applyVideoEvent(tx, services, assetEvent(asset)))
      yield { kind: 'stray', assetId, text: `its news were lost: ${asset.state} now` }
    } else {
      if (heal) await deleteUnusedAsset(services, assetId)
      yield { kind: 'orphan', assetId, text: 'no chapter plays it: deleted' }
    }
  }
}

const findUploads = ({ db }: Parts, assets: VideoAsset[]) => {
  const ids = assets.flatMap(({ uploadId }) => uploadId ?? [])
  return ids.length > 0 ? db.select().from(videoUploads).where(inArray(videoUploads.id, ids)) : []
}

async function findPeople({ db }: Parts, assets: VideoAsset[]): Promise<Set<string>> {
  const ids = assets.flatMap(({ creatorId }) => creatorId ?? [])
  if (ids.length === 0) return new Set()
  const rows = await db.select({ id: users.id }).from(users).where(inArray(users.id, ids))
  return new Set(rows.map(({ id }) => id))
}

/** What the list did not show is asked for once more by name, because it may have come while the list was read. */
async function* healChapters(services: Parts, seen: Set<string>, heal: boolean): AsyncIterable<Finding> {
  const { db } = services
  const rows = await db
    .select({ assetId: muxData.assetId, chapter: chapters.title, course: courses.title })
    .from(muxData)
    .innerJoin(chapters, eq(chapters.id, muxData.chapterId))
    .innerJoin(courses, eq(courses.id, chapters.courseId))
  const unseen = rows.filter(({ assetId }) => !seen.has(assetId))
  const missing: typeof rows = []
  for (const row of unseen) {
    if (!(await required(services.video, 'Video').findAsset(row.assetId))) missing.push(row)
  }
  if (missing.length >= doubtful && missing.length > rows.length / 2) {
    const text = `${missing.length} of ${rows.length} videos do not exist at the video service. Are these the keys of another account? No chapter was changed.`
    throw new AppError('conflict', text)
  }
  for (const { assetId, chapter, course } of missing) {
    const outcome = heal
      ? await transact(db, (tx) => applyVideoEvent(tx, services, assetDeleted({ assetId })))
      : 'video gone'
    yield { kind: 'missing', assetId, text: `played by "${chapter}" of "${course}": ${outcome}` }
  }
}

async function* pages(assets: AsyncIterable<VideoAsset>): AsyncIterable<VideoAsset[]> {
  let page: VideoAsset[] = []
  for await (const asset of assets) {
    page.push(asset)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
