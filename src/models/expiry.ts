import { and, eq, getTableName, inArray, lte, type SQL } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { transact } from '../db/connect'
import {
  jobs,
  knownDevices,
  limits,
  passwordResetRequests,
  sessions,
  settings,
  verificationTokens,
  videoUploads,
  webhookEvents,
} from '../db/schema'
import { daySeconds, hourSeconds, later } from '../rules/time'
import type { DbNow } from '../services'

interface Expiring {
  table: MySqlTable
  key: MySqlColumn
  keptSeconds: number
  wasOverAt: (moment: Date) => SQL | undefined
}

export const expiring: Expiring[] = [
  {
    table: sessions,
    key: sessions.id,
    keptSeconds: 0,
    wasOverAt: (moment) => lte(sessions.expiresAt, moment),
  },
  {
    table: knownDevices,
    key: knownDevices.id,
    keptSeconds: 0,
    wasOverAt: (moment) => lte(knownDevices.expiresAt, moment),
  },
  {
    table: limits,
    key: limits.key,
    keptSeconds: 0,
    wasOverAt: (moment) => lte(limits.endsAt, moment),
  },
  {
    table: passwordResetRequests,
    key: passwordResetRequests.id,
    keptSeconds: hourSeconds,
    wasOverAt: (moment) => lte(passwordResetRequests.lastReset, moment.getTime()),
  },
  {
    // Who asks for one email too many may have the newest link prolonged.
    table: verificationTokens,
    key: verificationTokens.tokenHash,
    keptSeconds: daySeconds,
    wasOverAt: (moment) => lte(verificationTokens.expiresAt, moment),
  },
  {
    // Nothing is delivered again after so long, so nothing has to be recognised any more.
    table: webhookEvents,
    key: webhookEvents.id,
    keptSeconds: 90 * daySeconds,
    wasOverAt: (moment) => lte(webhookEvents.receivedAt, moment),
  },
  {
    // So long somebody may look why it was given up, and run it again.
    table: jobs,
    key: jobs.id,
    keptSeconds: 30 * daySeconds,
    wasOverAt: (moment) => lte(jobs.deadAt, moment),
  },
  {
    // What plays is in `mux_data`; these say how it came, and what a late event is about.
    table: videoUploads,
    key: videoUploads.id,
    keptSeconds: 90 * daySeconds,
    wasOverAt: (moment) =>
      and(
        inArray(videoUploads.state, ['ready', 'errored', 'cancelled']),
        lte(videoUploads.updatedAt, moment),
      ),
  },
]

const batch = 200

/** Harmless side by side and again; gives how many rows of each table went. */
export async function deleteExpired(
  services: DbNow,
  goesOn: () => boolean = () => true,
): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {}
  for (const one of expiring) deleted[getTableName(one.table)] = await deleteRows(services, one, goesOn)
  return deleted
}

async function deleteRows(
  { db, now }: DbNow,
  { table, key, keptSeconds, wasOverAt }: Expiring,
  goesOn: () => boolean,
): Promise<number> {
  const isOver = wasOverAt(later(now(), -keptSeconds))
  let deleted = 0
  while (goesOn()) {
    const rows = await db.select({ key }).from(table).where(isOver).limit(batch)
    if (rows.length === 0) break
    const keys = rows.map((row) => row.key)
    // A row may have been prolonged since it was read.
    const [result] = await transact(db, (tx) => tx.delete(table).where(and(inArray(key, keys), isOver)))
    deleted += result.affectedRows
  }
  return deleted
}

const name = 'clean-up'

/** True for one process a day. */
export async function claimCleanUp({ db, now }: DbNow): Promise<boolean> {
  const changedAt = now()
  const [last] = await db.select().from(settings).where(eq(settings.name, name))
  if (!last) {
    const [first] = await db.insert(settings).ignore().values({ name, value: '', changedAt })
    return first.affectedRows === 1
  }
  if (last.changedAt > later(changedAt, -daySeconds)) return false
  const [next] = await db
    .update(settings)
    .set({ changedAt })
    .where(and(eq(settings.name, name), eq(settings.changedAt, last.changedAt)))
  return next.affectedRows === 1
}
