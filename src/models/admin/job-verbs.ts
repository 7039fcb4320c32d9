import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { jobs } from '../../db/schema'
import { type JobKind, type Lane, traitsOf } from '../../rules/job-kinds'
import type { DbNow } from '../../services'
import { type AuditAction, recordAudit } from '../audit'
import { endRest } from '../breaker'
import { endWork } from '../job-ending'
import type { InTransaction } from '../purchases/purchase'

type Row = typeof jobs.$inferSelect
type Tx = Pick<InTransaction, 'db' | 'now'>
type NotNow = 'gone' | 'running'

/** Before everything else of its lane, also if it was given up, and although the lane rests. */
export const runJobNow = (services: DbNow, actorId: string, id: string): Promise<'queued' | NotNow> =>
  withJob(services, id, async (tx, job): Promise<'queued'> => {
    const now = tx.now()
    const anew = { runAt: now, dueAt: now, priority: 0, attempts: 0, deadAt: null, lockedUntil: null }
    await tx.db.update(jobs).set(anew).where(eq(jobs.id, id))
    await endRest(tx, job.lane as Lane)
    await record(tx, actorId, 'run-job', job)
    return 'queued'
  })

/** `kept`: work of this kind is never given up. */
export const giveUpJobByHand = (
  services: DbNow,
  actorId: string,
  id: string,
): Promise<'given up' | 'kept' | NotNow> =>
  withJob(services, id, async (tx, job) => {
    if (job.deadAt) return 'given up'
    if (traitsOf(job.kind).lifetimeSeconds === null) return 'kept'
    const dead = { deadAt: tx.now(), dedupeKey: null, lockedUntil: null }
    await tx.db.update(jobs).set(dead).where(eq(jobs.id, id))
    await endWork(tx, { kind: job.kind as JobKind, payload: job.payload })
    await record(tx, actorId, 'give-up-job', job)
    return 'given up'
  })

const withJob = <T>(
  services: DbNow,
  id: string,
  act: (tx: Tx, job: Row) => Promise<T>,
): Promise<T | NotNow> =>
  transact(services.db, async (db) => {
    const [job] = await db.select().from(jobs).where(eq(jobs.id, id)).for('update')
    if (!job) return 'gone'
    if (job.lockedUntil && job.lockedUntil > services.now()) return 'running'
    return act({ db, now: services.now }, job)
  })

const record = (tx: Tx, actorId: string, action: AuditAction, { id, kind }: Row) =>
  recordAudit(tx, { actorId, action, subject: { type: 'job', id }, details: { kind } })
