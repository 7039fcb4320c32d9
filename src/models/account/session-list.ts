import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions } from '../../db/schema'
import { logSecurity } from '../../log'
import type { DbNow } from '../../services'
import { forgetDevices } from './known-device'
import type { CurrentUser } from './session'

export interface SessionSummary {
  id: string
  device: string
  createdAt: Date
  /** Exact to an hour. */
  lastSeenAt: Date
  isCurrent: boolean
}

export async function listSessions(
  { db, now }: DbNow,
  { id, sessionId }: CurrentUser,
): Promise<SessionSummary[]> {
  const rows = await db
    .select({
      id: sessions.id,
      device: sessions.device,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, id), gt(sessions.expiresAt, now())))
    .orderBy(sql`${sessions.id} = ${sessionId} desc`, desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(100)
  return rows.map((row) => ({ ...row, isCurrent: row.id === sessionId }))
}

/** False when there is no such session of theirs; another browser than this one is new again. */
export const endOwnSession = ({ db, now }: DbNow, user: CurrentUser, sessionId: string): Promise<boolean> =>
  transact(db, async (tx) => {
    const isTheirs = and(eq(sessions.id, sessionId), eq(sessions.userId, user.id))
    const [session] = await tx.select().from(sessions).where(isTheirs).for('update')
    if (!session) return false
    logSecurity('end-session', { by: user.id, id: sessionId })
    await tx.delete(sessions).where(isTheirs)
    const { knownDeviceId } = session
    if (sessionId !== user.sessionId && knownDeviceId)
      await forgetDevices({ db: tx, now }, user.id, knownDeviceId)
    return true
  })

export const endOtherSessions = ({ db, now }: DbNow, { id, sessionId }: CurrentUser): Promise<void> =>
  transact(db, async (tx) => {
    await tx.delete(sessions).where(and(eq(sessions.userId, id), ne(sessions.id, sessionId)))
    await forgetDevices({ db: tx, now }, id)
    logSecurity('end-other-sessions', { by: id })
  })
