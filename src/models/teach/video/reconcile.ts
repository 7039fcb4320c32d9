import { eq, inArray } from 'drizzle-orm'
import { transact } from '../../../db/connect'
import { chapters, courses, muxData, users, videoUploads } from '../../../db/schema'
import { AppError } from '../../../errors'
import type { VideoAsset } from '../../../ports/video/video'
import { orphanKeptSeconds } from '../../../rules/teach/video-orphans'
import { hourMs, later } from '../../../rules/time'
import { required, type Services } from '../../../services'
import { addJobOnce, findJobOnce } from '../../job'
import { applyVideoEvent, assetDeleted, assetEvent } from './event'

type DbVideoNow = Pick<Services, 'db' | 'video' | 'now'>

/** The webhooks and jobs of younger assets may still be on their way. */
const minAgeMs = hourMs
const pageSize = 100
/** So many videos do not disappear by themselves. */
const suspiciousCount = 5

export interface Finding {
  kind: 'orphan' | 'stale' | 'missing'
  assetId: string
  text: string
  /** As the vendor listed it; a missing one was not. */
  asset?: VideoAsset
}

export interface Comparison {
  findings: Finding[]
  /** Assets of this site. */
  ours: number
  /** Orphans that are to be deleted already. */
  waiting: number
}

/** Changes nothing; AppError `upstream`, `conflict` when most videos seem gone. */
export async function compareVideos(services: DbVideoNow): Promise<Comparison> {
  const video = required(services.video, 'Video')
  const seen = new Set<string>()
  const comparison: Comparison = { findings: [], ours: 0, waiting: 0 }
  for await (const page of pages(video.listAssets())) {
    for (const { assetId } of page) seen.add(assetId)
    await compareAssets(services, page, comparison)
  }
  comparison.findings.push(...(await findMissing(services, seen)))
  return comparison
}

/** What it did in words; an orphan goes in thirty days, unless it is known again by then. */
export async function repairVideo(services: DbVideoNow, { kind, assetId, asset }: Finding): Promise<string> {
  if (kind === 'orphan') {
    const runAt = later(services.now(), orphanKeptSeconds)
    await addJobOnce(services, 'delete-asset', { assetId }, runAt)
    return `to be deleted on ${runAt.toISOString().slice(0, 10)}`
  }
  const event = asset ? assetEvent(asset) : assetDeleted({ assetId })
  return transact(services.db, (tx) => applyVideoEvent(tx, services, event))
}

async function compareAssets(
  services: DbVideoNow,
  page: VideoAsset[],
  comparison: Comparison,
): Promise<void> {
  const unplayed = await listUnplayed(services, page)
  const uploads = new Map((await findUploads(services, unplayed)).map((row) => [row.id, row]))
  const users = await findUsers(services, unplayed)
  const uploadOf = ({ uploadId }: VideoAsset) => (uploadId ? uploads.get(uploadId) : undefined)
  const ours = unplayed.filter(
    (asset) => uploadOf(asset) !== undefined || (asset.creatorId !== null && users.has(asset.creatorId)),
  )
  comparison.ours += page.length - unplayed.length + ours.length
  const youngest = services.now().getTime() - minAgeMs
  for (const asset of ours) {
    if (!asset.createdAt || asset.createdAt.getTime() > youngest) continue
    const finding = judge(asset, uploadOf(asset))
    if (finding?.kind === 'orphan' && (await isToBeDeleted(services, asset))) comparison.waiting += 1
    else if (finding) comparison.findings.push(finding)
  }
}

const isToBeDeleted = async (services: DbVideoNow, { assetId }: VideoAsset): Promise<boolean> =>
  (await findJobOnce(services, 'delete-asset', { assetId })) !== null

async function listUnplayed({ db }: DbVideoNow, page: VideoAsset[]): Promise<VideoAsset[]> {
  const ids = page.map(({ assetId }) => assetId)
  const rows = await db.select({ id: muxData.assetId }).from(muxData).where(inArray(muxData.assetId, ids))
  const played = new Set(rows.map(({ id }) => id))
  return page.filter(({ assetId }) => !played.has(assetId))
}

function judge(asset: VideoAsset, upload: typeof videoUploads.$inferSelect | undefined): Finding | null {
  const { assetId, state } = asset
  if (upload?.state !== 'waiting' && upload?.state !== 'preparing')
    return { kind: 'orphan', assetId, text: 'no chapter plays it', asset }
  if (state === 'preparing' && upload.assetId === assetId) return null
  return { kind: 'stale', assetId, text: `its events were lost: ${state} now`, asset }
}

const findUploads = ({ db }: DbVideoNow, assets: VideoAsset[]) => {
  const ids = assets.flatMap(({ uploadId }) => uploadId ?? [])
  return ids.length > 0 ? db.select().from(videoUploads).where(inArray(videoUploads.id, ids)) : []
}

async function findUsers({ db }: DbVideoNow, assets: VideoAsset[]): Promise<Set<string>> {
  const ids = assets.flatMap(({ creatorId }) => creatorId ?? [])
  if (ids.length === 0) return new Set()
  const rows = await db.select({ id: users.id }).from(users).where(inArray(users.id, ids))
  return new Set(rows.map(({ id }) => id))
}

/** An asset that was not listed is asked for by id, because it may be newer than the list. */
async function findMissing({ db, video }: DbVideoNow, seen: Set<string>): Promise<Finding[]> {
  const rows = await db
    .select({ assetId: muxData.assetId, chapter: chapters.title, course: courses.title })
    .from(muxData)
    .innerJoin(chapters, eq(chapters.id, muxData.chapterId))
    .innerJoin(courses, eq(courses.id, chapters.courseId))
  const missing: typeof rows = []
  for (const row of rows.filter(({ assetId }) => !seen.has(assetId)))
    if (!(await required(video, 'Video').findAsset(row.assetId))) missing.push(row)
  if (missing.length >= suspiciousCount && missing.length > rows.length / 2) {
    const text = `${missing.length} of ${rows.length} videos do not exist at the video service. Are these the keys of another account? Nothing was changed.`
    throw new AppError('conflict', text)
  }
  return missing.map(({ assetId, chapter, course }) => ({
    kind: 'missing' as const,
    assetId,
    text: `played by "${chapter}" of "${course}"`,
  }))
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
