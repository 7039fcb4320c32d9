import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { latch } from '../../test/latch'
import { untilWaiting } from '../../test/locks'
import { mailsTo } from '../../test/mailbox'
import { type Person, person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { connect } from '../db/connect'
import { breakers, jobs, users } from '../db/schema'
import { newId } from '../ids'
import { takeProbe } from '../models/breaker'
import { addJob, addJobOnce } from '../models/job'
import { claimJob, finishJob, noteFailure } from '../models/job-queue'
import { paths } from '../paths'
import type { Mail } from '../ports/mail/mail'
import { daySeconds, hourSeconds, minuteSeconds } from '../rules/time'
import { required } from '../services'
import { runDueJobs } from './run'

const world = fileWorld()
beforeEach(async () => {
  await world.services.db.delete(jobs)
  await world.services.db.delete(breakers)
  await world.settings('mail', { down: false, refuse: null })
  await world.settings('mux', { down: false, answer: null })
})

const all = () => world.services.db.select().from(jobs)
const kinds = async () => (await all()).map(({ kind }) => kind)
const verify = (asha: Person) => addJob(world.services, 'mail-verify-address', { userId: asha.id })
const newcomer = () => person(world, { isVerified: false })

describe('runners side by side', () => {
  it('find one job at the same moment, and one does it', async () => {
    const asha = await newcomer()
    await verify(asha)
    const runs = await world.services.db.transaction(async (tx) => {
      await tx.select().from(jobs).where(eq(jobs.kind, 'mail-verify-address')).for('update')
      const both = [world.runJobs(), world.runJobs()]
      await untilWaiting(world, 2)
      return { both: Promise.all(both) }
    })
    await runs.both
    expect(await mailsTo(world, asha)).toHaveLength(1)
    expect(await all()).toEqual([])
  })

  it('never do a job twice, however many there are of both', async () => {
    const sent: string[] = []
    const mail: Mail = {
      ...required(world.services.mail, 'Mail'),
      send: async ({ to }) => {
        sent.push(to.address)
        return '250'
      },
    }
    const people = await Promise.all(Array.from({ length: 30 }, newcomer))
    for (const asha of people) await verify(asha)
    await Promise.all([1, 2, 3, 4].map(() => runDueJobs({ ...world.services, mail })))
    expect(sent.sort()).toEqual(people.map(({ email }) => email).sort())
    expect(await all()).toEqual([])
  })

  it('ask the database once when nothing is due', async () => {
    const { db, close } = connect({ uri: world.environment.DATABASE_URL, connectionLimit: 1 })
    await addJob(world.services, 'mail-receipt', { orderId: newId() }, new Date(Date.now() + 9e8))
    const questions = async () => {
      const [rows] = await db.execute("show session status like 'Questions'")
      return Number((rows as unknown as { Value: string }[])[0]?.Value)
    }
    const [first, second] = [await questions(), await questions()]
    await runDueJobs({ ...world.services, db })
    expect((await questions()) - second).toBe(second - first + 1)
    await close()
  })
})

describe('a job that runs too long', () => {
  it('is tried again, and what it does at last changes nothing', async () => {
    const asha = await newcomer()
    await verify(asha)
    const [begun, answered] = [latch(), latch()]
    const mail: Mail = {
      ...required(world.services.mail, 'Mail'),
      send: () => {
        begun.open()
        return answered.opened.then(() => '250')
      },
    }
    await runDueJobs({ ...world.services, mail }, { deadlineMs: 1 })
    await begun.opened
    const [late] = await all()
    expect(late).toMatchObject({ attempts: 1, lockedUntil: null, lastError: expect.stringMatching(/within/) })
    world.advance(15)
    const again = await claimJob(world.services, 'accounts')
    expect(again?.attempts).toBe(2)
    const before = await all()
    answered.open()
    await all()
    expect(await all()).toEqual(before)
    if (again) await finishJob(world.services, again)
    expect(await all()).toEqual([])
  })

  it('has lost its lock to another, and then neither its end nor its failure counts', async () => {
    await addJobOnce(world.services, 'delete-file', { fileKey: 'unused' })
    const first = await claimJob(world.services, 'files')
    expect(await claimJob(world.services, 'files')).toBeNull()
    world.advance(minuteSeconds)
    const second = await claimJob(world.services, 'files')
    if (!first || !second) throw new Error('Nobody could claim it')
    const held = await all()
    await finishJob(world.services, first)
    expect(await noteFailure(world.services, first, { runAt: null, words: 'Too late' })).toBe(false)
    expect(await all()).toEqual(held)
    await finishJob(world.services, second)
    expect(await all()).toEqual([])
  })
})

describe('a refusal', () => {
  it('of an address ends the email, marks the address, and tells the person', async () => {
    await world.settings('mail', { refuse: '550 5.1.1 no such user' })
    const asha = await newcomer()
    await verify(asha)
    await world.runJobs()
    const [job] = await all()
    expect(job).toMatchObject({ attempts: 1, deadAt: expect.any(Date) })
    expect(job?.lastError).toMatch(
      /The mail server refuses this address\..*\[EENVELOPE\].*550 5\.1\.1 no such user/,
    )
    expect(job?.lastError).not.toContain(asha.email)
    expect(await world.services.db.select().from(breakers)).toEqual([])
    const refusal = async () => (await asha.browser.get(paths.verifyEmail())).html
    expect(await refusal()).toContain('Our emails do not reach this address')
    world.advance(daySeconds / 2)
    await world.runJobs()
    expect(await all()).toEqual([job])
    await world.settings('mail', { refuse: null })
    await verify(asha)
    await world.runJobs()
    expect(await refusal()).not.toContain('Our emails do not reach this address')
  })

  it('for now lets the email wait, and marks nobody', async () => {
    await world.settings('mail', { refuse: '450 4.2.0 greylisted' })
    const asha = await newcomer()
    await verify(asha)
    await world.runJobs()
    expect(await all()).toMatchObject([
      { deadAt: null, attempts: 1, lastError: expect.stringMatching(/450 4\.2\.0/) },
    ])
    const [user] = await world.services.db.select().from(users).where(eq(users.id, asha.id))
    expect(user?.emailRefusedAt).toBeNull()
    await world.settings('mail', { refuse: null })
    world.advance(15)
    await world.runJobs()
    expect(await mailsTo(world, asha)).toHaveLength(1)
  })
})

describe('while a vendor is away', () => {
  it('its lane alone rests, for a minute at most although it wants an hour, and one job asks first', async () => {
    await world.settings('mux', { answer: '429', retryAfterSeconds: hourSeconds })
    for (const n of [1, 2, 3, 4, 5]) await addJob(world.services, 'delete-asset', { assetId: `gone-${n}` })
    await addJob(world.services, 'delete-file', { fileKey: 'gone' })
    await runDueJobs(world.services, { atOnce: 1 })
    expect(await kinds()).toEqual(Array.from({ length: 5 }, () => 'delete-asset'))
    const tried = async () => (await all()).reduce((sum, { attempts }) => sum + attempts, 0)
    expect(await tried()).toBe(1)
    const [resting] = await world.services.db.select().from(breakers)
    expect(resting).toMatchObject({ lane: 'video', failures: 1, lastError: expect.stringMatching(/429/) })
    world.advance(20)
    await world.runJobs()
    expect(await tried()).toBe(1)
    world.advance(minuteSeconds)
    await Promise.all([world.runJobs(), world.runJobs()])
    expect(await tried()).toBe(2)
    await world.settings('mux', { answer: null })
    world.advance(minuteSeconds)
    await world.runJobs()
    expect(await all()).toEqual([])
    expect(await world.services.db.select().from(breakers)).toEqual([])
  })

  it('a probe that dies makes room for the next', async () => {
    await world.settings('mux', { down: true })
    for (const n of [1, 2, 3]) await addJob(world.services, 'delete-asset', { assetId: `gone-${n}` })
    await world.runJobs()
    world.advance(15)
    await world.settings('mux', { down: false })
    expect(await takeProbe(world.services, 'video')).toBe(true)
    expect(await takeProbe(world.services, 'video')).toBe(false)
    await world.runJobs()
    expect(await kinds()).toHaveLength(3)
    world.advance(minuteSeconds)
    await world.runJobs()
    expect(await kinds()).toEqual([])
  })

  it('an email with a code is tried for ten minutes, others go on', async () => {
    await world.settings('mail', { down: true })
    const asha = await newcomer()
    await verify(asha)
    await addJob(world.services, 'mail-password-reset', { email: asha.email, nonce: newId() })
    const reset = async () => (await all()).find(({ kind }) => kind === 'mail-password-reset')
    const started = world.services.now()
    for (let n = 0; n < 15 && !(await reset())?.deadAt; n++) {
      world.advance(minuteSeconds)
      await world.runJobs()
    }
    const dead = await reset()
    const minutes = ((dead?.deadAt?.getTime() ?? 0) - started.getTime()) / 1000 / minuteSeconds
    expect(minutes).toBeGreaterThan(8)
    expect(minutes).toBeLessThan(11)
    expect(dead?.lastError).toMatch(/421/)
    await world.settings('mail', { down: false })
    world.advance(minuteSeconds)
    await world.runJobs()
    expect(await kinds()).toEqual(['mail-password-reset'])
    const subjects = (await mailsTo(world, asha)).map(({ subject }) => subject)
    expect(subjects).toEqual([expect.stringMatching(/confirm/i)])
  })

  it('what waited past its time is given up without a try', async () => {
    const asha = await newcomer()
    await addJob(world.services, 'mail-password-reset', { email: asha.email, nonce: newId() })
    world.advance(11 * minuteSeconds)
    await world.runJobs()
    expect(await all()).toMatchObject([
      { deadAt: expect.any(Date), lastError: 'It could not be done in time.' },
    ])
    expect(await mailsTo(world, asha)).toEqual([])
  })
})
