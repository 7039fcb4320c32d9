import { eq, inArray } from 'drizzle-orm'
import { transact } from '../../../db/connect'
import { chapters, courses, muxData, users, videoUploads } from '../../../db/schema'
import { AppError } from '../../../errors'
import type { VideoAsset } from '../../../ports/video/video'
import { hourMs } from '../../../rules/time'
import { required, type Services } from '../../../services'
import { applyVideoEvent, assetDeleted, assetEvent } from './event'
import { deleteUnusedAsset } from './sync'

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
}

/** Lists only without `repair`; AppError `upstream`, `conflict` when most videos seem gone. */
export async function* reconcileVideos(services: DbVideoNow, repair: boolean): AsyncIterable<Finding> {
  const video = required(services.video, 'Video')
  const seen = new Set<string>()
  for await (const page of pages(video.listAssets())) {
    for (const { assetId } of page) seen.add(assetId)
    yield* reconcileAssets(services, page, repair)
  }
  yield* reconcileChapters(services, seen, repair)
}

async function* reconcileAssets(
  services: DbVideoNow,
  page: VideoAsset[],
  repair: boolean,
): AsyncIterable<Finding> {
  const candidates = await listUnplayed(services, page)
  const uploads = new Map((await findUploads(services, candidates)).map((row) => [row.id, row]))
  const users = await findUsers(services, candidates)
  for (const asset of candidates) {
    const { uploadId, creatorId } = asset
    const upload = uploadId ? uploads.get(uploadId) : undefined
    const isOurs = upload !== undefined || (creatorId !== null && users.has(creatorId))
    const finding = isOurs ? judge(asset, upload) : null
    if (!finding) continue
    if (repair && finding.kind === 'orphan') await deleteUnusedAsset(services, asset.assetId)
    if (repair && finding.kind === 'stale')
      await transact(services.db, (tx) => applyVideoEvent(tx, services, assetEvent(asset)))
    yield finding
  }
}

async function listUnplayed({ db, now }: DbVideoNow, page: VideoAsset[]): Promise<VideoAsset[]> {
  const ids = page.map(({ assetId }) => assetId)
  const rows = await db.select({ id: muxData.assetId }).from(muxData).where(inArray(muxData.assetId, ids))
  const played = new Set(rows.map(({ id }) => id))
  const youngest = now().getTime() - minAgeMs
  return page.filter(
    ({ assetId, createdAt }) => !played.has(assetId) && createdAt && createdAt.getTime() <= youngest,
  )
}

function judge(
  { assetId, state }: VideoAsset,
  upload: typeof videoUploads.$inferSelect | undefined,
): Finding | null {
  if (upload?.state !== 'waiting' && upload?.state !== 'preparing')
    return { kind: 'orphan', assetId, text: 'no chapter plays it: deleted' }
  if (state === 'preparing' && upload.assetId === assetId) return null
  return { kind: 'stale', assetId, text: `its events were lost: ${state} now` }
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
async function* reconcileChapters(
  services: DbVideoNow,
  seen: Set<string>,
  repair: boolean,
): AsyncIterable<Finding> {
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
  if (missing.length >= suspiciousCount && missing.length > rows.length / 2) {
    const text = `${missing.length} of ${rows.length} videos do not exist at the video service. Are these the keys of another account? No chapter was changed.`
    throw new AppError('conflict', text)
  }
  for (const { assetId, chapter, course } of missing) {
    const outcome = repair
      ? await transact(db, (tx) => applyVideoEvent(tx, services, assetDeleted({ assetId })))
      : 'video removed'
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
