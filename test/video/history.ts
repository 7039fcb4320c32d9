import { eq } from 'drizzle-orm'
import type { Db } from '../../src/db/connect'
import { chapters, jobs, muxData, videoUploads, webhookEvents } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { runDueJobs } from '../../src/jobs/run'
import { claimJob } from '../../src/models/job-queue'
import { deleteChapter } from '../../src/models/teach/chapter'
import { receiveVideoEvent } from '../../src/models/teach/video/event'
import { compareVideos, repairVideo } from '../../src/models/teach/video/reconcile'
import { openUpload, stopUploads } from '../../src/models/teach/video/upload'
import { removeVideo } from '../../src/models/teach/video/video'
import { hourMs } from '../../src/rules/time'
import type { Services } from '../../src/services'
import type { Chance } from './chance'
import { EventDelivery } from './event-delivery'
import { ExpectedChapter } from './expected-chapter'
import { Process } from './process'
import type { Turns, Worker } from './turns'
import { type Fault, Vendor } from './vendor'

/** A process with its own connection. */
interface Actor {
  process: Process
  services: Services
}

/** A random history of two chapters and their videos. */
export class History {
  readonly log: string[] = []
  readonly vendor: Vendor
  readonly chapters = new Map<string, ExpectedChapter>()
  /** Assets that were ready at some time. */
  readonly ready = new Set<string>()
  /** Assets that were deleted while a chapter played them. */
  readonly wrongDeletions: string[] = []
  readonly reconciled: string[] = []
  private clock = Date.now()
  private isFaultless = false
  private readonly actors: Actor[]
  /** For what happens before and after the faults. */
  private readonly services: Services
  private readonly urls: string[] = []
  private readonly delivery: EventDelivery
  private readonly turns: Turns

  constructor(
    base: Services,
    { turns, workplaces }: { turns: Turns; workplaces: { worker: Worker; db: Db }[] },
    private readonly course: { id: string; ownerId: string },
    private readonly chance: Chance,
  ) {
    this.turns = turns
    const now = () => new Date(this.clock)
    this.vendor = new Vendor(
      now,
      () => this.fault(),
      async (assetId) => {
        const [played] = await base.db.select().from(muxData).where(eq(muxData.assetId, assetId))
        if (played) this.wrongDeletions.push(assetId)
      },
    )
    this.delivery = new EventDelivery(this.vendor.outbox, chance)
    this.services = { ...base, video: this.vendor, now }
    this.actors = workplaces.map(({ worker, db }) => {
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

  /** One thing happens, or two at the same time; gives how many, at most `most`. */
  async step(most: number): Promise<number> {
    const [first, ...others] = this.actors
    if (!first) return 0
    const actors = most > 1 && this.chance.happens(0.4) ? [first, ...others] : [first]
    if (actors.length > 1) this.log.push('at the same time')
    await this.turns.race(
      this.chance,
      actors.map((actor) => () => this.act(actor)),
    )
    return actors.length
  }

  private async act({ process, services }: Actor): Promise<void> {
    const steps = this.chance.happens(0.15) ? this.chance.below(6) : undefined
    const done = await process.run(() => this.doOneThing(services), steps)
    if (done === undefined) this.log.push('  ... killed')
  }

  /** Faults stop; the jobs get their time, then the videos are reconciled. */
  async settle(): Promise<void> {
    this.isFaultless = true
    for (const { last } of this.chapters.values())
      if (last && this.chance.happens(0.5)) this.vendor.receiveBytes(last.url)
    for (const { assetId, state } of [...this.vendor.assets.values()])
      if (state === 'preparing') this.finish(assetId, this.chance.happens(0.8))
    for (let event = this.delivery.take(); event; event = this.delivery.take())
      if (this.chance.happens(0.5)) await receiveVideoEvent(this.services, event, {})
    await this.runJobs()
    this.clock += 2 * hourMs // no asset is too young to be reconciled
    for (const finding of (await compareVideos(this.services)).findings) {
      await repairVideo(this.services, finding)
      this.log.push(`reconciled ${finding.kind} ${finding.assetId}`)
      this.reconciled.push(finding.kind)
    }
    await this.runJobs()
  }

  private async runJobs(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const left = await this.services.db.select({ id: jobs.id }).from(jobs).limit(1)
      if (left.length === 0) return
      if (round > 0) this.clock += round < 2 ? hourMs / 12 : 27 * hourMs
      await runDueJobs(this.services)
    }
  }

  private fault(): Fault {
    if (this.isFaultless) return 'none'
    const draw = this.chance.next()
    return draw < 0.1 ? 'refused' : draw < 0.2 ? 'answer lost' : 'none'
  }

  private async doOneThing(services: Services): Promise<true> {
    const draw = this.chance.below(100)
    const [id = '', expected] = this.chance.of([...this.chapters]) ?? []
    if (!expected) await this.addChapter()
    else if (draw < 20) await this.open(services, id, expected)
    else if (draw < 38) this.sendBytes()
    else if (draw < 52) this.encode()
    else if (draw < 74) await this.deliverEvent(services)
    else if (draw < 86) await this.runOneJob(services)
    else if (draw < 88)
      await this.attempt('remove video', id, () => removeVideo(services, this.course, { id }))
    else if (draw < 90)
      await this.attempt('stop uploads', id, () => stopUploads(services, this.course, { id }))
    else if (draw < 92) await this.deleteChapter(services, id)
    else if (draw < 95) this.deleteAtVendor()
    else this.clock += this.chance.below(3 * hourMs)
    return true
  }

  private async open(services: Services, id: string, expected: ExpectedChapter): Promise<void> {
    const opening = expected.open()
    this.log.push(`open ${id.slice(-4)}`)
    try {
      const upload = await openUpload(services, { id, title: 'A chapter', ownerId: this.course.ownerId })
      this.log.push(`  ${upload.uploadId.slice(-4)} = ${upload.url}`)
      this.urls.push(upload.url)
      opening.got(upload)
    } catch (error) {
      const { code } = error as { code?: string }
      this.log.push(`  ${code}`)
      if (code === 'upstream') return opening.refused()
      if (code === 'conflict' && opening.mayBeStopped()) return
      if (this.isDeleted(id, code)) return
      // It may have stopped another one before it died.
      expected.stop()
      throw error
    }
  }

  /** Whether something was refused because its chapter was deleted at the same time. */
  private isDeleted = (id: string, code?: string): boolean => code === 'not_found' && !this.chapters.has(id)

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

  private async deliverEvent(services: Services): Promise<void> {
    const { event, isLost } = this.delivery.draw() ?? {}
    if (!event) return
    this.log.push(`${isLost ? 'lost' : 'event'} ${event.id} ${event.type}`)
    if (!isLost) this.log.push(`  ${await receiveVideoEvent(services, event, {})}`)
  }

  /** All that is due, or only the first, whose process then dies holding it. */
  private async runOneJob(services: Services): Promise<void> {
    this.log.push('jobs')
    if (this.chance.happens(0.2)) await claimJob(services, 'video')
    else await runDueJobs(services)
  }

  private async attempt(what: string, id: string, work: () => Promise<unknown>): Promise<void> {
    this.log.push(`${what} ${id.slice(-4)}`)
    const expected = this.chapters.get(id)
    const note = () => {
      expected?.stop()
      if (expected && what === 'remove video') expected.mayBeEmpty = true
    }
    note()
    await work()
      .catch((error: { code?: string }) => {
        if (!this.isDeleted(id, error.code)) throw error
      })
      .finally(note)
  }

  private async deleteChapter(services: Services, id: string): Promise<void> {
    this.chapters.delete(id)
    await this.attempt('delete', id, () => deleteChapter(services, this.course, { id }))
  }

  /** Somebody deletes an asset in the vendor's console. */
  private deleteAtVendor(): void {
    const assetId = this.chance.of([...this.vendor.assets.keys()])
    if (!assetId) return
    this.log.push(`${assetId} is deleted at the vendor`)
    this.vendor.remove(assetId)
    for (const expected of this.chapters.values()) {
      expected.stop()
      expected.mayBeEmpty = true
    }
  }

  private async addChapter(): Promise<void> {
    const id = newId()
    await this.services.db.insert(chapters).values({
      id,
      courseId: this.course.id,
      title: 'A chapter',
      position: 0,
      createdAt: new Date(this.clock),
    })
    this.chapters.set(id, new ExpectedChapter())
  }
}
