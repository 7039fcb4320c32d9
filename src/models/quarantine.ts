import { and, count, eq, inArray, like, lte, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { transact } from '../db/connect'
import { jobs, settings } from '../db/schema'
import { parseJson } from '../json'
import type { DbNow, Services, TxNow } from '../services'

export const quarantineName = 'quarantine'

/** Of the backup that was restored: everything younger than it is missing here. */
export const QuarantineNote = z.object({
  backupId: z.string(),
  backupAt: z.coerce.date(),
  /** When the youngest job of the backup was added, by the clock of the site that was lost. */
  jobsUpTo: z.coerce.date().optional(),
})

/** They ask, and write down what they hear. */
export const harmless = ['check-order', 'check-open-orders', 'check-webhook', 'check-upload']

const stands = sql`exists (select 1 from ${settings} where ${settings.name} = ${quarantineName})`

/** Which jobs may run: while a restored site is in quarantine nothing leaves it. */
export const notInQuarantine: SQL = sql`(${inArray(jobs.kind, harmless)} or not ${stands})`

export interface Quarantine {
  /** Null where nobody can tell any more. */
  backupAt: Date | null
  since: Date
  /** Jobs up to then came with the backup. */
  jobsUpTo: Date
}

/** Null when the site was not restored, or was released. */
export async function findQuarantine({ db }: Pick<Services, 'db'>): Promise<Quarantine | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, quarantineName))
  return row ? readRow(row) : null
}

function readRow({ value, changedAt }: typeof settings.$inferSelect): Quarantine {
  const { data: note } = QuarantineNote.safeParse(parseJson(value))
  const backupAt = note?.backupAt ?? null
  return { backupAt, since: changedAt, jobsUpTo: note?.jobsUpTo ?? backupAt ?? changedAt }
}

interface HeldJobs {
  kind: string
  n: number
  /** How many of them are for later. */
  later: number
}

export interface Release {
  quarantine: Quarantine
  /** What goes out now, or in its time. */
  held: HeldJobs[]
  /** Emails of before the backup: the site that was lost has sent them. */
  droppedEmails: number
}

/** Null when there is no quarantine; `isListed` only tells what a release would do. */
export const releaseQuarantine = ({ db, now }: DbNow, isListed: boolean): Promise<Release | null> =>
  transact(db, async (tx) => {
    const [row] = await tx.select().from(settings).where(eq(settings.name, quarantineName)).for('update')
    if (!row) return null
    const quarantine = readRow(row)
    const isStale = and(like(jobs.kind, 'mail-%'), lte(jobs.createdAt, quarantine.jobsUpTo))
    const [stale] = await tx.select({ n: count() }).from(jobs).where(isStale)
    const held = await listHeld({ db: tx, now }, sql`not (${isStale})`)
    if (!isListed) {
      await tx.delete(jobs).where(isStale)
      await tx.delete(settings).where(eq(settings.name, quarantineName))
    }
    return { quarantine, held, droppedEmails: stale?.n ?? 0 }
  })

const listHeld = ({ db, now }: TxNow, isLeft: SQL): Promise<HeldJobs[]> =>
  db
    .select({
      kind: jobs.kind,
      n: count(),
      later: sql`sum(${jobs.runAt} > ${now()})`.mapWith(Number),
    })
    .from(jobs)
    .where(and(isLeft, sql`not (${inArray(jobs.kind, harmless)})`))
    .groupBy(jobs.kind)
    .orderBy(jobs.kind)
