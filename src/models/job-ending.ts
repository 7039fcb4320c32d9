import { type Transaction, transact } from '../db/connect'
import { hourSeconds, later } from '../rules/time'
import type { DbNow } from '../services'
import type { Job } from './job'
import { type Failure, noteFailure } from './job-queue'
import { queueOpenOrdersSync } from './purchases/open-orders'
import { applyVideoEvent } from './teach/video/event'

/** Notes it and sees to what the job was for; true unless somebody else has the job by now. */
export const giveUpJob = (services: DbNow, job: Job, failure: Omit<Failure, 'runAt'>): Promise<boolean> =>
  transact(services.db, async (db) => {
    const isNoted = await noteFailure({ ...services, db }, job, { ...failure, runAt: null })
    if (isNoted) await endWork({ ...services, db }, job)
    return isNoted
  })

/** What a job leaves behind that is never done. */
export async function endWork(
  { db, now }: Pick<DbNow, 'now'> & { db: Transaction },
  { kind, payload }: Pick<Job, 'kind' | 'payload'>,
): Promise<void> {
  if (kind === 'check-order') await queueOpenOrdersSync({ db, now }, later(now(), hourSeconds))
  if (kind === 'check-upload' && payload.uploadId)
    await applyVideoEvent(db, { now }, { event: 'expired', details: { uploadId: payload.uploadId } })
}
