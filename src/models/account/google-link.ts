import { eq } from 'drizzle-orm'
import { type Db, isDuplicate, type Transaction } from '../../db/connect'
import { users } from '../../db/schema'
import type { GoogleIdentity } from '../../ports/identity/identity'
import type { Services } from '../../services'
import { findGoogleUser, linkGoogleAccount, updateGoogleAccount } from './google-account'
import type { Client } from './session'
import { signIn } from './sign-in'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

export type LinkRefusal =
  | 'account-deleted'
  | 'email-unverified'
  | 'no-password'
  | 'suspended'
  | 'taken'
  | 'wrong-credentials'

export async function findAccountToLink(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<{ email: string; hasPassword: boolean } | null> {
  const [user] = await db
    .select({ email: users.email, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId))
  return user ? { email: user.email, hasPassword: user.passwordHash !== null } : null
}

export async function checkGoogleLink(
  services: Parts,
  userId: string,
  google: GoogleIdentity,
): Promise<'already-linked' | 'taken' | 'google-unverified' | 'email-unverified' | 'needs-password'> {
  const owner = await findGoogleUser(services, google.profile.sub)
  if (owner && owner.userId !== userId) return 'taken'
  if (owner && (await updateGoogleAccount(services, userId, google))) return 'already-linked'
  if (!google.profile.emailVerified) return 'google-unverified'
  return (await isEmailVerified(services, userId)) ? 'needs-password' : 'email-unverified'
}

/** AppError `limited` after too many wrong passwords. */
export async function linkGoogle(
  services: Parts,
  { userId, google }: { userId: string; google: GoogleIdentity },
  password: string,
  client: Client,
): Promise<{ token: string } | { refusal: LinkRefusal }> {
  const account = await findAccountToLink(services, userId)
  if (!account) return { refusal: 'account-deleted' }
  if (!account.hasPassword) return { refusal: 'no-password' }
  const { email } = account
  const owner = await findGoogleUser(services, google.profile.sub)
  if (owner && owner.userId !== userId) return { refusal: 'taken' }
  try {
    // In one transaction: between the two the owner could have taken the account back.
    return await signIn(services, { email, password }, client, async (tx) => {
      const inTx = { ...services, db: tx }
      // Whoever registered an address without verifying it must not leave another way in.
      if (!(await isEmailVerified(inTx, userId))) return 'email-unverified'
      if (!(await updateGoogleAccount(inTx, userId, google)))
        await linkGoogleAccount(inTx, { id: userId, email }, google)
      return null
    })
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'taken' }
    throw error
  }
}

async function isEmailVerified({ db }: { db: Db | Transaction }, userId: string): Promise<boolean> {
  const [user] = await db
    .select({ emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, userId))
  return user !== undefined && user.emailVerifiedAt !== null
}
