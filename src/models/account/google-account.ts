import { and, eq, ne } from 'drizzle-orm'
import { encrypt } from '../../crypto'
import { type Db, type Transaction, transact } from '../../db/connect'
import { accounts, users } from '../../db/schema'
import { newId } from '../../ids'
import type { GooglePerson, GoogleTokens } from '../../ports/identity/identity'
import type { Services } from '../../services'
import { addJob } from '../job'

/** Who came back from Google, and with what. */
export interface GoogleSignIn {
  person: GooglePerson
  tokens: GoogleTokens
}
type Parts = Pick<Services, 'now' | 'config'> & { db: Db | Transaction }

const provider = 'google'
const isGoogles = (sub: string) => and(eq(accounts.provider, provider), eq(accounts.providerAccountId, sub))
const isGoogleOf = (userId: string) => and(eq(accounts.provider, provider), eq(accounts.userId, userId))

/** Whose Google account this is; null when nobody has used it here. */
export async function findGoogleOwner(
  { db }: Pick<Parts, 'db'>,
  sub: string,
): Promise<{ userId: string; suspendedAt: Date | null } | null> {
  const [owner] = await db
    .select({ userId: accounts.userId, suspendedAt: users.suspendedAt })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(isGoogles(sub))
  return owner ?? null
}

/** The Google account that signs this person in; null when there is none. Its address is null where it was not kept yet. */
export async function findGoogleLink(
  { db }: Pick<Parts, 'db'>,
  userId: string,
): Promise<{ email: string | null } | null> {
  const [row] = await db.select({ email: accounts.email }).from(accounts).where(isGoogleOf(userId)).limit(1)
  return row ?? null
}

/** Keeps fresh tokens and the address of today; gives false when this Google account is not linked to this person any more. A refresh token is sent once only, so the old one stays. */
export async function renewTokens(
  services: Parts,
  userId: string,
  { person: { sub, email }, tokens }: GoogleSignIn,
): Promise<boolean> {
  const { refreshToken, ...tokensNow } = await sealed(services, sub, tokens)
  const fresh = { ...tokensNow, email: email.toLowerCase() }
  const [result] = await services.db
    .update(accounts)
    .set(refreshToken === null ? fresh : { ...fresh, refreshToken })
    .where(and(isGoogles(sub), eq(accounts.userId, userId)))
  return result.affectedRows > 0
}

/** Makes this the person's one Google account, in place of any other, and tells the owner by mail as a job. Fails as a duplicate when it is somebody's already; the caller holds the person's row. */
export async function addGoogle(
  services: Parts,
  { id: userId, email: ownEmail }: { id: string; email: string },
  google: GoogleSignIn,
): Promise<void> {
  const { db } = services
  const { sub, email } = google.person
  await db.delete(accounts).where(and(isGoogleOf(userId), ne(accounts.providerAccountId, sub)))
  await insertGoogle(services, userId, google)
  await addJob(services, 'mail-google-linked', { email: ownEmail, googleEmail: email.toLowerCase() })
}

/** Keeps the Google account that somebody made an account with. Fails as a duplicate when it is somebody's already. */
export async function insertGoogle(
  services: Parts,
  userId: string,
  { person: { sub, email }, tokens }: GoogleSignIn,
): Promise<void> {
  await services.db.insert(accounts).values({
    id: newId(),
    userId,
    provider,
    providerAccountId: sub,
    email: email.toLowerCase(),
    ...(await sealed(services, sub, tokens)),
    createdAt: services.now(),
  })
}

/** Takes the Google account off. Refused while there is no password: nobody could get in any more. Harmless when there is none. */
export function unlinkGoogle(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<'unlinked' | 'without-password'> {
  return transact(db, async (tx) => {
    const [person] = await tx
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, userId))
      .for('update')
    if (!person?.passwordHash) return 'without-password'
    await tx.delete(accounts).where(isGoogleOf(userId))
    return 'unlinked'
  })
}

/** The purpose names the row, so that no token can be moved to another. */
export const tokenPurpose = (token: 'access' | 'refresh', sub: string): string =>
  `google ${token} token of ${sub}`

async function sealed({ config }: Pick<Parts, 'config'>, sub: string, tokens: GoogleTokens) {
  const { accessToken, refreshToken, expiresAt } = tokens
  const seal = (token: 'access' | 'refresh', text: string) =>
    encrypt(config.APP_SECRET, tokenPurpose(token, sub), text)
  return {
    accessToken: await seal('access', accessToken),
    refreshToken: refreshToken === null ? null : await seal('refresh', refreshToken),
    expiresAt,
  }
}
