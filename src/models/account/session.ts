import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { hashOf, newSecret } from '../../crypto'
import type { Db, Transaction } from '../../db/connect'
import { type Role, sessions, twoFactors, users } from '../../db/schema'
import { newId } from '../../ids'
import { logSecurity } from '../../log'
import { daySeconds, hourSeconds, later } from '../../rules/time'
import type { DbNow, TxNow } from '../../services'
import { type NewDevice, rememberDevice } from './known-device'

export const sessionSeconds = 30 * daySeconds
const extendAfterSeconds = hourSeconds

export interface User {
  id: string
  sessionId: string
  name: string
  email: string
  role: Role
  isVerified: boolean
  imageKey: string | null
  hasTwoFactor: boolean
  /** Null for who is no administrator. */
  adminSince: Date | null
}

export type CurrentUser = Pick<User, 'id' | 'sessionId'>

export interface Client {
  ip: string
  device: string
  /** This browser's secret, whoever signs in with it. */
  deviceToken: string
  sessionToken: string | undefined
}

const expiry = (now: Date) => later(now, sessionSeconds)

export async function openSession(
  services: TxNow,
  userId: string,
  device: string,
  knownDeviceId: string | null = null,
): Promise<string> {
  const token = newSecret()
  const now = services.now()
  await services.db.insert(sessions).values({
    id: newId(),
    tokenHash: await hashOf(token),
    userId,
    device: device.slice(0, 255),
    knownDeviceId,
    expiresAt: expiry(now),
    lastSeenAt: now,
    createdAt: now,
  })
  return token
}

/** No token outlives a change of who is signed in; the caller holds the user's row. */
export async function replaceSession(
  services: TxNow,
  userId: string,
  client: Client,
  newDevice: NewDevice = 'announced',
): Promise<string> {
  if (client.sessionToken) await closeSession(services, client.sessionToken)
  const knownDeviceId = await rememberDevice(services, userId, client, newDevice)
  logSecurity('open-session', { by: userId, id: knownDeviceId })
  return openSession(services, userId, client.device, knownDeviceId)
}

/** Null when the token is unknown or expired, or the user suspended. */
export async function findUser(
  services: DbNow,
  token: string,
): Promise<{ user: User; extended: boolean } | null> {
  const now = services.now()
  const [row] = await services.db
    .select({
      id: users.id,
      sessionId: sessions.id,
      name: users.name,
      email: users.email,
      role: users.role,
      emailVerifiedAt: users.emailVerifiedAt,
      imageKey: users.imageKey,
      twoFactorOf: twoFactors.userId,
      adminSince: sql`coalesce(${users.adminSince}, ${users.createdAt})`.mapWith(users.adminSince),
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(twoFactors, eq(twoFactors.userId, users.id))
    .where(
      and(
        eq(sessions.tokenHash, await hashOf(token)),
        gt(sessions.expiresAt, now),
        isNull(users.suspendedAt),
      ),
    )
  if (!row) return null
  const { lastSeenAt, emailVerifiedAt, twoFactorOf, adminSince, ...user } = row
  const extended = now > later(lastSeenAt, extendAfterSeconds)
  if (extended) {
    await services.db
      .update(sessions)
      .set({ lastSeenAt: now, expiresAt: expiry(now) })
      .where(eq(sessions.id, row.sessionId))
  }
  return {
    user: {
      ...user,
      isVerified: emailVerifiedAt !== null,
      hasTwoFactor: twoFactorOf !== null,
      adminSince: user.role === 'admin' ? adminSince : null,
    },
    extended,
  }
}

/** Asked under the user's lock, so that nobody can end the session meanwhile. */
export async function isSessionOpen({ db, now }: TxNow, { id, sessionId }: CurrentUser): Promise<boolean> {
  const isTheirs = and(eq(sessions.id, sessionId), eq(sessions.userId, id))
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isTheirs, gt(sessions.expiresAt, now())))
  return session !== undefined
}

export async function closeSession(services: { db: Db | Transaction }, token: string): Promise<void> {
  await services.db.delete(sessions).where(eq(sessions.tokenHash, await hashOf(token)))
}
