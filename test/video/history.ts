import { eq } from 'drizzle-orm'
import type { Db } from '../../src/db/connect'
import { chapters, jobs, muxData, videoUploads, webhookEvents } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { runDueJobs } from '../../src/jobs/run'
import { claimJob } from '../../src/models/job'
import { deleteChapter } from '../../src/models/teach/chapter'
import { receiveVideoEvent } from '../../src/models/teach/video/event'
import { reconcileVideos } from '../../src/models/teach/video/reconcile'
import { openUpload, stopUploads } from '../../src/models/teach/video/upload'
import { removeVideo } from '../../src/models/teach/video/video'
import type { Services } from '../../src/services'
import { Post } from './post'
import { Process } from './process'
import type { Chance } from './random'
import { Seen } from './seen'
import type { Turns, Worker } from './turns'
import { type Fault, Vendor } from './vendor'

/** A process with its own connection. */
interface Hand {
  process: Process
  services: Services
}

const hour = 3_600_000

/** One random life of two chapters and their videos. */
export class History {
  readonly log: string[] = []
  readonly vendor: Vendor
  readonly chapters = new Map<string, Seen>()
  /** Assets that were ready at some time. */
  readonly ready = new Set<string>()
  /** Assets that were deleted while a chapter played them. */
  readonly crimes: string[] = []
  readonly reconciled: string[] = []
  private clock = Date.now()
  private isQuiet = false
  private readonly hands: Hand[]
  /** For what happens before and after the faults. */
  private readonly services: Services
  private readonly urls: string[] = []
  private readonly post: Post

  constructor(
    base: Services,
    workplaces: { worker: Worker; db: Db }[],
    private readonly turns: Turns,
    private readonly course: { id: string; ownerId: string },
    private readonly chance: Chance,
  ) {
    const now = () => new Date(this.clock)
    this.vendor = new Vendor(
      now,
      () => this.fault(),
      async (assetId) => {
        const [played] = await base.db.select().from(muxData).where(eq(muxData.assetId, assetId))
        if (played) this.crimes.push(assetId)
      },
    )
    this.post = new Post(this.vendor.outbox, chance)
    this.services = { ...base, video: this.vendor, now }
    this.hands = workplaces.map(({ worker, db }) => {
      const process = new Process()
      const parts = { db: process.database(db), video: process.vendor(this.vendor, worker) }
      return { process, services: { ...this.services, ...parts } }
    })
  }

  async begin(): Promise<void> {
    for (const table of [jobs, webhookEvents, muxData, videoUploads, chapters])
      await this.services.db.delete(table)
    await this.addChapter()
    await this.addChapter()
  }

  /** One thing happens, or two at the same time; gives how many, at most `most`. A process that does it may die on the way. */
  async step(most: number): Promise<number> {
    const [first, ...others] = this.hands
    if (!first) return 0
    const hands = most > 1 && this.chance.happens(0.4) ? [first, ...others] : [first]
    if (hands.length > 1) this.log.push('at the same time')
    await this.turns.race(
      this.chance,
      hands.map((hand) => () => this.live(hand)),
    )
    return hands.length
  }

  private async live({ process, services }: Hand): Promise<void> {
    const steps = this.chance.happens(0.15) ? this.chance.below(6) : undefined
    const done = await process.run(() => this.something(services), steps)
    if (done === undefined) this.log.push('  ... killed')
  }

  /** Faults stop; whatever is written down gets its time, then the reconciler comes. */
  async settle(): Promise<void> {
    this.isQuiet = true
    for (const { last } of this.chapters.values())
      if (last && this.chance.happens(0.5)) this.vendor.receiveBytes(last.url)
    for (const { assetId, state } of [...this.vendor.assets.values()])
      if (state === 'preparing') this.finish(assetId, this.chance.happens(0.8))
    for (let event = this.post.take(); event; event = this.post.take())
      if (this.chance.happens(0.5)) await receiveVideoEvent(this.services, event, {})
    await this.runJobs()
    // Nothing is too young to be looked at.
    this.clock += 2 * hour
    for await (const { kind, assetId } of reconcileVideos(this.services, true)) {
      this.log.push(`reconciled ${kind} ${assetId}`)
      this.reconciled.push(kind)
    }
    await this.runJobs()
  }

  private async runJobs(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const left = await this.services.db.select({ id: jobs.id }).from(jobs).limit(1)
      if (left.length === 0) return
      if (round > 0) this.clock += round < 2 ? hour / 12 : 27 * hour
      await runDueJobs(this.services)
    }
  }

  private fault(): Fault {
    if (this.isQuiet) return 'none'
    const draw = this.chance.next()
    return draw < 0.1 ? 'refused' : draw < 0.2 ? 'answer lost' : 'none'
  }

  private async something(services: Services): Promise<true> {
    const draw = this.chance.below(100)
    const [id = '', seen] = this.chance.of([...this.chapters]) ?? []
    const own = { ownerId: this.course.ownerId, courseId: this.course.id, chapterId: id }
    if (!seen) await this.addChapter()
    else if (draw < 20) await this.open(services, id, seen)
    else if (draw < 38) this.sendBytes()
    else if (draw < 52) this.encode()
    else if (draw < 74) await this.hearNews(services)
    else if (draw < 86) await this.runOneJob(services)
    else if (draw < 88) await this.attempt('remove video', id, () => removeVideo(services, own))
    else if (draw < 90) await this.attempt('stop uploads', id, () => stopUploads(services, own))
    else if (draw < 92) await this.deleteChapter(services, id)
    else if (draw < 95) this.loseAsset()
    else this.clock += this.chance.below(3 * hour)
    return true
  }

  private async open(services: Services, id: string, seen: Seen): Promise<void> {
    const opening = seen.open()
    this.log.push(`open ${id.slice(-4)}`)
    const chapter = { id, title: 'A lesson', ownerId: this.course.ownerId }
    try {
      const upload = await openUpload(services, chapter)
      this.log.push(`  ${upload.uploadId.slice(-4)} = ${upload.url}`)
      this.urls.push(upload.url)
      opening.got(upload)
    } catch (error) {
      const { code } = error as { code?: string }
      this.log.push(`  ${code}`)
      if (code === 'upstream') return opening.refused()
      if (code === 'conflict' && opening.mayBeStopped()) return
      if (this.isOvertaken(id, code)) return
      // It may have stopped another one before it died.
      seen.stop()
      throw error
    }
  }

  /** Whether something was refused because its chapter was deleted at the same time. */
  private isOvertaken = (id: string, code?: string): boolean => code === 'not_found' && !this.chapters.has(id)

  private sendBytes(): void {
    const url = this.chance.happens(0.6) ? this.urls.at(-1) : this.chance.of(this.urls)
    if (url) this.log.push(`bytes to ${url}: ${this.vendor.receiveBytes(url) ? 'taken' : 'refused'}`)
  }

  private encode(): void {
    const asset = this.chance.of(
      [...this.vendor.assets.values()].filter(({ state }) => state === 'preparing'),
    )
    if (!asset) return
    const succeeds = this.chance.happens(0.85)
    this.finish(asset.assetId, succeeds)
    this.log.push(`${asset.assetId} ${succeeds ? 'ready' : 'errored'}`)
  }

  private finish(assetId: string, succeeds: boolean): void {
    this.vendor.encode(assetId, succeeds)
    if (succeeds) this.ready.add(assetId)
  }

  private async hearNews(services: Services): Promise<void> {
    const { event, isLost } = this.post.draw() ?? {}
    if (!event) return
    this.log.push(`${isLost ? 'lost' : 'news'} ${event.id} ${event.type}`)
    if (!isLost) this.log.push(`  ${await receiveVideoEvent(services, event, {})}`)
  }

  /** All that is due, or only the first, whose process then dies holding it. */
  private async runOneJob(services: Services): Promise<void> {
    this.log.push('jobs')
    if (this.chance.happens(0.2)) await claimJob(services, 'work')
    else await runDueJobs(services)
  }

  private async attempt(what: string, id: string, work: () => Promise<unknown>): Promise<void> {
    this.log.push(`${what} ${id.slice(-4)}`)
    const seen = this.chapters.get(id)
    const note = () => {
      seen?.stop()
      if (seen && what === 'remove video') seen.mayBeEmpty = true
    }
    note()
    await work()
      .catch((error: { code?: string }) => {
        if (!this.isOvertaken(id, error.code)) throw error
      })
      .finally(note)
  }

  private async deleteChapter(services: Services, id: string): Promise<void> {
    this.chapters.delete(id)
    await this.attempt('delete', id, () => deleteChapter(services, this.course.ownerId, this.course.id, id))
  }

  /** Somebody deletes in the vendor's own console. */
  private loseAsset(): void {
    const assetId = this.chance.of([...this.vendor.assets.keys()])
    if (!assetId) return
    this.log.push(`${assetId} vanishes`)
    this.vendor.lose(assetId)
    for (const seen of this.chapters.values()) {
      seen.stop()
      seen.mayBeEmpty = true
    }
  }

  private async addChapter(): Promise<void> {
    const id = newId()
    await this.services.db.insert(chapters).values({
      id,
      courseId: this.course.id,
      title: 'A lesson',
      position: 0,
      createdAt: new Date(this.clock),
    })
    this.chapters.set(id, new Seen())
  }
}
