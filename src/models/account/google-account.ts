import { and, eq, ne } from 'drizzle-orm'
import { seal } from '../../crypto'
import { type Db, type Transaction, transact } from '../../db/connect'
import { accounts, users } from '../../db/schema'
import { newId } from '../../ids'
import { logSecurity } from '../../log'
import type { GoogleIdentity, GoogleTokens } from '../../ports/identity/identity'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { securityEvent } from './security-event'
import type { Client } from './session'

export type { GoogleIdentity }

type Parts = Pick<Services, 'now' | 'config'> & { db: Db | Transaction }

const provider = 'google'
const isGoogleAccount = (sub: string) =>
  and(eq(accounts.provider, provider), eq(accounts.providerAccountId, sub))
const isGoogleOf = (userId: string) => and(eq(accounts.provider, provider), eq(accounts.userId, userId))

export async function findGoogleUser(
  { db }: Pick<Parts, 'db'>,
  sub: string,
): Promise<{ userId: string; suspendedAt: Date | null } | null> {
  const [user] = await db
    .select({ userId: accounts.userId, suspendedAt: users.suspendedAt })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(isGoogleAccount(sub))
  return user ?? null
}

export async function findLinkedGoogleAccount(
  { db }: Pick<Parts, 'db'>,
  userId: string,
): Promise<{ email: string | null } | null> {
  const [row] = await db.select({ email: accounts.email }).from(accounts).where(isGoogleOf(userId)).limit(1)
  return row ?? null
}

export async function updateGoogleAccount(
  services: Parts,
  userId: string,
  { profile: { sub, email }, tokens }: GoogleIdentity,
): Promise<boolean> {
  const { refreshToken, ...others } = await encrypted(services, sub, tokens)
  const fresh = { ...others, email: email.toLowerCase() }
  const [result] = await services.db
    .update(accounts)
    // Google sends a refresh token only once.
    .set(refreshToken === null ? fresh : { ...fresh, refreshToken })
    .where(and(isGoogleAccount(sub), eq(accounts.userId, userId)))
  return result.affectedRows > 0
}

/** Fails as a duplicate when it is somebody else's; the caller holds the user's row. */
export async function linkGoogleAccount(
  services: Parts,
  user: { id: string; email: string },
  google: GoogleIdentity,
  client: Client,
): Promise<void> {
  const { sub, email } = google.profile
  await services.db.delete(accounts).where(and(isGoogleOf(user.id), ne(accounts.providerAccountId, sub)))
  logSecurity('link-google', { by: user.id })
  await addGoogleAccount(services, user.id, google)
  await addJob(services, 'mail-google-linked', {
    email: user.email,
    googleEmail: email.toLowerCase(),
    ...securityEvent(services, client),
  })
}

/** Fails as a duplicate when it is linked to anybody. */
export async function addGoogleAccount(
  services: Parts,
  userId: string,
  { profile: { sub, email }, tokens }: GoogleIdentity,
): Promise<void> {
  await services.db.insert(accounts).values({
    id: newId(),
    userId,
    provider,
    providerAccountId: sub,
    email: email.toLowerCase(),
    ...(await encrypted(services, sub, tokens)),
    createdAt: services.now(),
  })
}

/** Refused without a password, the only other way to sign in. */
export function unlinkGoogleAccount(
  { db, now }: DbNow,
  userId: string,
  client: Client,
): Promise<'unlinked' | 'no-password'> {
  return transact(db, async (tx) => {
    const [user] = await tx
      .select({ email: users.email, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, userId))
      .for('update')
    if (!user?.passwordHash) return 'no-password'
    const linked = await findLinkedGoogleAccount({ db: tx }, userId)
    if (!linked) return 'unlinked'
    await tx.delete(accounts).where(isGoogleOf(userId))
    logSecurity('unlink-google', { by: userId })
    const inTx = { db: tx, now }
    const about = { email: user.email, googleEmail: linked.email ?? '' }
    await addJob(inTx, 'mail-google-unlinked', { ...about, ...securityEvent(inTx, client) })
    return 'unlinked'
  })
}

/** What a token is encrypted for, so that it cannot be moved to another row. */
export const tokenPurpose = (token: 'access' | 'refresh', sub: string): string =>
  `google ${token} token of ${sub}`

async function encrypted({ config }: Pick<Parts, 'config'>, sub: string, tokens: GoogleTokens) {
  const { accessToken, refreshToken, expiresAt } = tokens
  const encryptToken = (token: 'access' | 'refresh', text: string) =>
    seal(config, tokenPurpose(token, sub), text)
  return {
    accessToken: await encryptToken('access', accessToken),
    refreshToken: refreshToken === null ? null : await encryptToken('refresh', refreshToken),
    expiresAt,
  }
}
