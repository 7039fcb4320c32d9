import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { mailsTo } from '../../test/mailbox'
import { person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { jobs, settings } from '../db/schema'
import { handlers } from '../jobs/handlers'
import { daySeconds, later } from '../rules/time'
import { addJob, addJobOnce } from './job'
import { findQuarantine, harmless, quarantineName, releaseQuarantine } from './quarantine'

const world = fileWorld()
const kinds = async () => {
  const rows = await world.services.db.select({ kind: jobs.kind }).from(jobs).orderBy(jobs.kind)
  return rows.map(({ kind }) => kind)
}
const backupAt = new Date('2026-01-02T03:04:05.678Z')
const quarantine = (value = JSON.stringify({ backupId: 'one', backupAt })) =>
  world.services.db
    .insert(settings)
    .values({ name: quarantineName, value, changedAt: world.services.now() })
    .onDuplicateKeyUpdate({ set: { value } })
beforeEach(async () => {
  await world.services.db.delete(jobs)
  await world.services.db.delete(settings)
})

describe('a site in quarantine', () => {
  it('asks, and neither deletes nor sends anything until it is released', async () => {
    const { services } = world
    const asha = await person(world, { isVerified: false })
    await quarantine()
    await addJob(services, 'mail-verify-address', { userId: asha.id })
    await addJob(services, 'delete-asset', { assetId: 'asset' })
    await addJob(services, 'delete-file', { fileKey: 'file' })
    await addJob(services, 'cancel-upload', { vendorUploadId: 'upload' })
    await addJob(services, 'send-refund', { requestId: 'request' })
    await addJob(services, 'reconcile-payments', {})
    await addJob(services, 'check-webhook', { paymentId: 'payment' })
    await addJob(services, 'check-upload', { uploadId: 'upload' })
    await world.runJobs()
    const held = [
      'cancel-upload',
      'delete-asset',
      'delete-file',
      'mail-verify-address',
      'reconcile-payments',
      'send-refund',
    ]
    expect(await kinds()).toEqual(held)
    expect(await mailsTo(world, asha)).toEqual([])
    const rows = await services.db.select().from(jobs)
    expect(rows.map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0, 0, 0])

    await releaseQuarantine(services, false)
    await world.runJobs()
    expect(await mailsTo(world, asha)).toHaveLength(1)
    expect(await kinds()).not.toEqual(held)
  })

  it('lets only jobs run that there are', () => {
    expect(Object.keys(handlers)).toEqual(expect.arrayContaining(harmless))
  })

  it('is held by a note that nobody can read, too', async () => {
    await quarantine('what is this')
    await addJob(world.services, 'send-refund', { requestId: 'request' })
    await world.runJobs()
    expect(await kinds()).toEqual(['send-refund'])
    expect(await findQuarantine(world.services)).toMatchObject({ backupAt: null })
  })

  it('tells what a release lets out, and drops the emails of before the backup', async () => {
    const { services } = world
    await quarantine()
    const before = { ...services, now: () => later(backupAt, -1) }
    await addJob(before, 'mail-receipt', { orderId: 'old' })
    await addJob(before, 'send-refund', { requestId: 'old' })
    await addJob(services, 'mail-receipt', { orderId: 'new' })
    await addJob(services, 'check-webhook', { paymentId: 'payment' })
    await addJobOnce(services, 'delete-asset', { assetId: 'a' }, later(services.now(), 30 * daySeconds))
    const released = {
      quarantine: { backupAt },
      droppedEmails: 1,
      held: [
        { kind: 'delete-asset', n: 1, later: 1 },
        { kind: 'mail-receipt', n: 1, later: 0 },
        { kind: 'send-refund', n: 1, later: 0 },
      ],
    }
    expect(await releaseQuarantine(services, true)).toMatchObject(released)
    expect(await findQuarantine(services)).toMatchObject({ backupAt })
    expect(await kinds()).toHaveLength(5)
    expect(await releaseQuarantine(services, false)).toMatchObject(released)
    expect(await findQuarantine(services)).toBeNull()
    expect(await kinds()).toHaveLength(4)
    expect(await services.db.select().from(jobs).where(eq(jobs.kind, 'mail-receipt'))).toMatchObject([
      { payload: { orderId: 'new' } },
    ])
    expect(await releaseQuarantine(services, false)).toBeNull()
  })
})
