import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import { sessions } from '../../db/schema'
import type { DbNow, Services } from '../../services'
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

export async function endOwnSession(
  { db }: Pick<Services, 'db'>,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const [ended] = await db
    .delete(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
  return ended.affectedRows > 0
}

export async function endOtherSessions(
  { db }: Pick<Services, 'db'>,
  { id, sessionId }: CurrentUser,
): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.userId, id), ne(sessions.id, sessionId)))
}
