import { and, eq, gt, isNull, notInArray, sql } from 'drizzle-orm'
import { hashOf } from '../../crypto'
import type { Db, Transaction } from '../../db/connect'
import { knownDevices, sessions, users } from '../../db/schema'
import { newId } from '../../ids'
import { deviceSeconds, isWorthAnEmail, outnumbered } from '../../rules/account/known-device'
import { later } from '../../rules/time'
import type { DbNow, TxNow } from '../../services'
import { addJob } from '../job'

interface Browser {
  device: string
  deviceToken: string
}

/** `silent` where another email tells of the same sign-in. */
export type NewDevice = 'announced' | 'silent'

const isTrusted = (now: Date) => and(isNull(knownDevices.revokedAt), gt(knownDevices.expiresAt, now))

/** Null for a browser that never got in to this account, or not with its present password. */
export async function findKnownDevice(
  { db, now }: DbNow,
  email: string,
  { deviceToken }: Pick<Browser, 'deviceToken'>,
): Promise<string | null> {
  const isOfBrowser = eq(knownDevices.tokenHash, await hashOf(deviceToken))
  // One statement, so that an address without an account takes as long.
  const [found] = await db
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .innerJoin(users, eq(users.id, knownDevices.userId))
    .where(and(eq(users.email, email), isOfBrowser, isTrusted(now())))
  return found?.id ?? null
}

/** Tells the person when it is new and not the first; the caller holds the user's row. */
export async function rememberDevice(
  services: TxNow,
  userId: string,
  { device, deviceToken }: Browser,
  announcement: NewDevice,
): Promise<string> {
  const { db } = services
  const now = services.now()
  const tokenHash = await hashOf(deviceToken)
  const devices = await db.select().from(knownDevices).where(eq(knownDevices.userId, userId))
  const known = devices.find((one) => one.tokenHash === tokenHash)
  const used = { device: device.slice(0, 255), lastUsedAt: now, expiresAt: later(now, deviceSeconds) }
  if (known && known.revokedAt === null && known.expiresAt > now) {
    await db.update(knownDevices).set(used).where(eq(knownDevices.id, known.id))
    return known.id
  }
  const id = known?.id ?? newId()
  await db
    .insert(knownDevices)
    .values({ ...used, id, userId, tokenHash, knownSince: now })
    .onDuplicateKeyUpdate({ set: { ...used, knownSince: now, revokedAt: null } })
  for (const one of outnumbered(devices.filter((other) => other.id !== id)))
    await db.delete(knownDevices).where(eq(knownDevices.id, one.id))
  if (announcement === 'announced' && isWorthAnEmail(devices, now))
    await addJob(services, 'mail-new-device', { userId, device: used.device, at: now.toISOString() })
  return id
}

const isSignedIn = (db: Db | Transaction) =>
  notInArray(
    knownDevices.id,
    db
      .select({ id: sql<string>`${sessions.knownDeviceId}` })
      .from(sessions)
      .where(and(eq(sessions.userId, knownDevices.userId), sql`${sessions.knownDeviceId} is not null`)),
  )

/** All in which this person is not signed in, such as after the other sessions were ended. */
export async function forgetDevices({ db, now }: TxNow, userId: string, id?: string): Promise<void> {
  const which = and(eq(knownDevices.userId, userId), id ? eq(knownDevices.id, id) : undefined)
  await db
    .update(knownDevices)
    .set({ revokedAt: now() })
    .where(and(which, isNull(knownDevices.revokedAt), isSignedIn(db)))
}
