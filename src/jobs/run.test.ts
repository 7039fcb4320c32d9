import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { untilWaiting } from '../../test/locks'
import { mailsTo } from '../../test/mailbox'
import { person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { jobs } from '../db/schema'
import { addJob } from '../models/job'

const world = fileWorld()

it('Of two runners that find one job at the same moment, one does it', async () => {
  const asha = await person(world, { isVerified: false })
  await addJob(world.services, 'mail-verify-address', { userId: asha.id })
  const runs = await world.services.db.transaction(async (tx) => {
    await tx.select().from(jobs).where(eq(jobs.kind, 'mail-verify-address')).for('update')
    const both = [world.runJobs(), world.runJobs()]
    await untilWaiting(world, 2)
    return { both: Promise.all(both) }
  })
  await runs.both
  expect(await mailsTo(world, asha)).toHaveLength(1)
  expect(await world.services.db.select().from(jobs)).toEqual([])
})
