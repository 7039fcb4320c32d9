import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newBuyer, paymentWorld } from '../../../test/payments'
import { course, type Person, person } from '../../../test/people'
import { auditEvents, breakers, jobs } from '../../db/schema'
import { newId } from '../../ids'
import { addJob, type JobPayload } from '../../models/job'
import { claimJob } from '../../models/job-queue'
import { paths } from '../../paths'
import type { JobKind } from '../../rules/job-kinds'
import { daySeconds, hourSeconds, later } from '../../rules/time'

const world = paymentWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})
beforeEach(async () => {
  await world.services.db.delete(jobs)
  await world.services.db.delete(breakers)
})

const list = async (state?: string, query: Record<string, string> = {}) => {
  const page = await admin.browser.get(paths.adminJobs({ state, ...query }))
  expect(page.status).toBe(200)
  return page
}
const rowsOf = ({ $ }: Awaited<ReturnType<typeof list>>) =>
  $('#jobs tbody tr')
    .map((_, row) => $(row).text().replace(/\s+/g, ' '))
    .get()

async function add(kind: JobKind, payload: JobPayload, change: Partial<typeof jobs.$inferInsert> = {}) {
  const { db, now } = world.services
  const known = await db.select({ id: jobs.id }).from(jobs)
  await addJob(world.services, kind, payload, change.dueAt ?? now())
  const [added] = (await db.select().from(jobs)).filter(({ id }) => !known.some((old) => old.id === id))
  const id = added?.id ?? ''
  await db
    .update(jobs)
    .set({ payload, ...change })
    .where(eq(jobs.id, id))
  return id
}
const jobOf = async (id: string) => {
  const [job] = await world.services.db.select().from(jobs).where(eq(jobs.id, id))
  return job
}

describe('the page of jobs', () => {
  it('keeps what is overdue apart from what waits and what was given up', async () => {
    const now = world.services.now()
    await add('delete-asset', { assetId: 'late' }, { dueAt: later(now, -hourSeconds) })
    await add(
      'delete-file',
      { fileKey: 'failing' },
      {
        dueAt: later(now, -90),
        runAt: later(now, 600),
        attempts: 3,
        lastError: 'Nobody there',
        failedAt: now,
      },
    )
    await add('check-webhook', { paymentId: 'pay_soon' }, { dueAt: later(now, daySeconds) })
    await add('mail-receipt', { orderId: newId() }, { deadAt: now, lastError: '550 5.1.1 no such user' })
    const overdue = await list()
    expect(overdue.$('.tabs [aria-current]').last().text()).toBe('Overdue (2)')
    const [first, second] = rowsOf(overdue)
    expect(first).toMatch(/Delete a video at Mux.*late.*1 h ago.*None.*As soon as possible/)
    expect(second).toMatch(/Delete a file at UploadThing.*failing.*1 min ago.*3.*Nobody there/)
    const waiting = await list('waiting')
    expect(waiting.$('.tabs [aria-current]').last().text()).toBe('Waiting (1)')
    expect(rowsOf(waiting)).toEqual([expect.stringContaining('Check whether a webhook is missing')])
    const dead = await list('given-up')
    expect(dead.$('.tabs [aria-current]').last().text()).toBe('Given up (1)')
    expect(rowsOf(dead)).toEqual([expect.stringContaining('550 5.1.1 no such user')])
    expect(rowsOf(await list('nonsense', { page: '-3' }))).toHaveLength(2)
  })

  it('says what a job is about, and leads there', async () => {
    const { orderId } = await newBuyer(world)
    await world.services.db.delete(jobs)
    const offered = await course(world, { title: 'Queues' })
    const student = await person(world, { name: 'Tarun Bose' })
    await add('mail-receipt', { orderId })
    await add('mail-course-suspended', { courseId: offered.id })
    await add('mail-verify-address', { userId: student.id })
    await add('mail-password-reset', { email: student.email, nonce: 'a nonce of nobody else' })
    const page = await list('waiting')
    const links = page
      .$('#jobs tbody a')
      .map((_, link) => `${page.$(link).text()} ${page.$(link).attr('href')}`)
      .get()
    expect(links.sort()).toEqual(
      [
        `The order ${paths.adminOrder(orderId)}`,
        `Queues ${paths.adminCourse(offered.id)}`,
        `Tarun Bose ${paths.person(student.id)}`,
        `Tarun Bose ${paths.person(student.id)}`,
      ].sort(),
    )
    expect(page.html).not.toContain('a nonce of nobody else')
  })

  it('has pages', async () => {
    for (let n = 0; n < 27; n++) await add('delete-file', { fileKey: `file-${n}` })
    const [first, second] = [await list('waiting'), await list('waiting', { page: '2' })]
    expect([rowsOf(first).length, rowsOf(second).length]).toEqual([25, 2])
    expect(rowsOf(await list('waiting', { page: '9' }))).toHaveLength(2)
  })

  it('says which lanes rest, since when and until when', async () => {
    const now = world.services.now()
    const failing = { failures: 4, rests: 2, changedAt: now, lastError: 'connect ECONNREFUSED' }
    await world.services.db
      .insert(breakers)
      .values({ lane: 'video', failingSince: later(now, -200), restsUntil: later(now, 30), ...failing })
    const notice = (await list()).$('#jobs [role=alert]').text().replace(/\s+/g, ' ')
    expect(notice).toMatch(/Videos at Mux: failing for 3 min, next try on .*connect ECONNREFUSED/)
  })
})

describe('a job can be', () => {
  it('run now, also one that was given up, before others and although its lane rests', async () => {
    const now = world.services.now()
    const restsUntil = later(now, 50)
    const resting = { lane: 'files', failures: 3, rests: 1, failingSince: now, changedAt: now, restsUntil }
    await world.services.db.insert(breakers).values(resting)
    const id = await add('delete-file', { fileKey: 'unused' }, { deadAt: now, attempts: 9 })
    await world.runJobs()
    expect((await jobOf(id))?.deadAt).toEqual(now)
    const answer = await admin.browser.post(paths.adminJobRun(id), { state: 'given-up' })
    expect([answer.status, answer.location]).toEqual([303, paths.adminJobs()])
    await world.runJobs()
    expect(await jobOf(id)).toBeUndefined()
    expect(await world.services.db.select().from(breakers)).toEqual([])
    const again = await admin.browser.post(paths.adminJobRun(id))
    expect([again.status, again.html]).toEqual([404, expect.stringContaining('This job is done already')])
  })

  it('given up, and then is not tried, though the same may be asked for anew', async () => {
    const id = await add('check-order', { orderId: newId() }, { dedupeKey: 'check-order:x' })
    await admin.browser.post(paths.adminJobDrop(id))
    expect(await jobOf(id)).toMatchObject({ deadAt: expect.any(Date), dedupeKey: null })
    await world.runJobs()
    expect(await jobOf(id)).toMatchObject({ attempts: 0 })
    // What it would have found is found with all open orders.
    const kinds = (await world.services.db.select().from(jobs)).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['check-open-orders', 'check-order'])
  })

  it('neither while it runs, and what goes back to a buyer is never given up', async () => {
    const running = await add('delete-file', { fileKey: 'running' })
    expect((await claimJob(world.services, 'files'))?.id).toBe(running)
    const refund = await add('send-refund', { requestId: newId() })
    expect((await list('waiting')).$(`form[action="${paths.adminJobDrop(refund)}"]`)).toHaveLength(0)
    const before = [await jobOf(running), await jobOf(refund)]
    for (const path of [paths.adminJobDrop(running), paths.adminJobRun(running), paths.adminJobDrop(refund)])
      expect((await admin.browser.post(path)).status).toBe(303)
    expect([await jobOf(running), await jobOf(refund)]).toEqual(before)
  })

  it('changed in place, in the list whose button was pressed', async () => {
    const id = await add('delete-file', { fileKey: 'one' })
    await add('delete-file', { fileKey: 'two' })
    const part = await admin.browser.part.post(paths.adminJobDrop(id), { state: 'waiting' })
    expect(part.status).toBe(200)
    expect(part.$('#jobs')).toHaveLength(1)
    expect(part.$('#jobs tbody tr')).toHaveLength(1)
    const events = await world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))
    expect(events).toMatchObject([{ actorId: admin.id, action: 'give-up-job', subjectType: 'job' }])
  })
})
