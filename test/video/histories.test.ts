import { inspect } from 'node:util'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chapters, jobs, muxData, videoUploads } from '../../src/db/schema'
import { course, person } from '../people'
import { fileWorld } from '../world'
import { Chance } from './chance'
import { connectWorker } from './connection'
import { History } from './history'
import { Turns, type Worker } from './turns'

const world = fileWorld()
let made: { id: string; ownerId: string }
const turns = new Turns()
let workers: ({ worker: Worker } & Awaited<ReturnType<typeof connectWorker>>)[]
beforeAll(async () => {
  const uri = world.environment.DATABASE_URL ?? ''
  workers = await Promise.all(
    [turns.add(), turns.add()].map(async (worker) => ({
      worker,
      ...(await connectWorker(uri, worker, turns)),
    })),
  )
  const owner = await person(world, { role: 'instructor' })
  made = { id: (await course(world, { owner, chapters: 0 })).id, ownerId: owner.id }
})
afterAll(async () => {
  for (const { close } of workers ?? []) await close()
})

/** What is wrong with a chapter that plays this asset; `newest` is that of its newest ready upload. */
function listChapterFaults(
  history: History,
  id: string,
  { plays, newest }: Record<'plays' | 'newest', string | null | undefined>,
): string[] {
  const found: string[] = []
  const expected = history.chapters.get(id)
  if (plays ? plays !== newest : newest && expected && !expected.mayBeEmpty)
    found.push(`chapter ${id} plays ${plays}, its newest ready upload is ${newest}`)
  // What the outside knows: who got an address, sent the bytes and had them encoded must see them
  // played.
  const upload = expected?.last && history.vendor.uploads.get(expected.last.url)
  const outcome = upload?.assetId ? history.ready.has(upload.assetId) : false
  if (upload && outcome && plays !== upload.assetId)
    found.push(`chapter ${id} plays ${plays}, but ${upload.assetId} was sent last and became ready`)
  return found
}

/** What is wrong in the end; empty when nothing is. */
async function listFaults(history: History): Promise<string[]> {
  const { db } = world.services
  const found = history.wrongDeletions.map((assetId) => `${assetId} was deleted while it played`)
  // Jobs alone keep the vendor's side clean; only what vanished there without a word needs the
  // reconciler.
  if (history.reconciled.some((kind) => kind !== 'missing'))
    found.push('an orphan was left to the reconciler')
  const played = await db.select().from(muxData)
  const rows = await db.select().from(videoUploads).orderBy(desc(videoUploads.id))
  const existing = await db.select().from(chapters).where(eq(chapters.courseId, made.id))
  const kept = [...history.vendor.assets.keys()].sort()
  const used = played.map(({ assetId }) => assetId).sort()
  if (kept.join() !== used.join()) found.push(`vendor has ${kept}, chapters use ${used}`)
  for (const { id, state } of rows) {
    if (state === 'waiting' || state === 'preparing') found.push(`upload ${id} is still ${state}`)
  }
  const left = await db.select().from(jobs)
  if (left.length > 0) found.push(`jobs left: ${left.map(({ kind, lastError }) => `${kind} ${lastError}`)}`)
  for (const { id } of existing) {
    const plays = played.find(({ chapterId }) => chapterId === id)?.assetId
    const newest = rows.find(({ chapterId, state }) => chapterId === id && state === 'ready')?.assetId
    found.push(...listChapterFaults(history, id, { plays, newest }))
  }
  return found
}

/** Gives what is wrong in the end. */
async function live(history: History, chance: Chance): Promise<string[]> {
  await history.begin()
  for (let left = 12 + chance.below(18); left > 0; ) left -= await history.step(left)
  await history.settle()
  return listFaults(history)
}

describe('random histories of videos', () => {
  const first = Number(process.env.HISTORY_SEED ?? 1)
  const histories = process.env.HISTORY_SEED ? 1 : 500

  it('end with exactly the assets that chapters play, each the newest that is ready, whatever went wrong or at the same time', {
    timeout: 600_000,
  }, async () => {
    const tally = { replaced: 0, playing: 0, killed: 0, reconciled: 0 }
    for (let seed = first; seed < first + histories; seed++) {
      const chance = new Chance(seed)
      const history = new History(world.services, { turns, workplaces: workers }, made, chance)
      const found = await live(history, chance).catch((error: unknown) => [inspect(error)])
      expect(found, `HISTORY_SEED=${seed}\n${history.log.join('\n')}`).toEqual([])
      tally.playing += history.vendor.assets.size
      tally.killed += history.log.filter((line) => line.includes('killed')).length
      tally.reconciled += history.reconciled.length
      tally.replaced += history.ready.size - history.vendor.assets.size
    }
    const { lockWaits, deadlocks } = turns
    console.log({ ...tally, lockWaits, deadlocks })
    if (histories === 1) return
    // Histories in which nothing happens prove nothing.
    for (const many of [tally.playing, tally.replaced, tally.killed, lockWaits])
      expect(many).toBeGreaterThan(100)
  })
})
