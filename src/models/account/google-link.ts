import { eq } from 'drizzle-orm'
import { type Db, isDuplicate, type Transaction } from '../../db/connect'
import { users } from '../../db/schema'
import type { GoogleIdentity } from '../../ports/identity/identity'
import type { TypedCode } from '../../rules/account/two-factor'
import type { Services } from '../../services'
import { findGoogleUser, linkGoogleAccount, updateGoogleAccount } from './google-account'
import { type Admission, finishSignIn, type SecondStepResult } from './second-step'
import type { Client } from './session'
import { signIn } from './sign-in'
import { hasTwoFactor } from './two-factor'

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

interface PendingLink {
  userId: string
  google: GoogleIdentity
}

/** Before a second step nothing is linked; AppError `limited` after too many wrong passwords. */
export async function linkGoogle(
  services: Parts,
  pending: PendingLink,
  password: string,
  client: Client,
): Promise<Admission | { refusal: LinkRefusal }> {
  const account = await findAccountToLink(services, pending.userId)
  if (!account) return { refusal: 'account-deleted' }
  if (!account.hasPassword) return { refusal: 'no-password' }
  const { email } = account
  const owner = await findGoogleUser(services, pending.google.profile.sub)
  if (owner && owner.userId !== pending.userId) return { refusal: 'taken' }
  return unlessTaken(
    // In one transaction: between the two the owner could have taken the account back.
    signIn(services, { email, password }, client, async (tx, userId) =>
      (await hasTwoFactor({ db: tx }, userId))
        ? null
        : linkInTx({ ...services, db: tx }, userId, pending, client),
    ),
  )
}

/** The same behind the second step. */
export const finishSignInAndLink = (
  services: Parts,
  pending: PendingLink,
  step: { secondStep: string; typed: TypedCode },
  client: Client,
): Promise<SecondStepResult<LinkRefusal>> =>
  unlessTaken(
    finishSignIn<LinkRefusal>(services, step, client, (tx, userId) =>
      linkInTx({ ...services, db: tx }, userId, pending, client),
    ),
  )

type InTx = Omit<Parts, 'db'> & { db: Transaction }

/** The caller holds the user's row. */
async function linkInTx(
  inTx: InTx,
  userId: string,
  pending: PendingLink,
  client: Client,
): Promise<'email-unverified' | 'account-deleted' | null> {
  if (pending.userId !== userId) return 'account-deleted'
  // Whoever registered an address without verifying it must not leave another way in.
  if (!(await isEmailVerified(inTx, userId))) return 'email-unverified'
  if (await updateGoogleAccount(inTx, userId, pending.google)) return null
  const [user] = await inTx.db.select({ email: users.email }).from(users).where(eq(users.id, userId))
  if (!user) return 'account-deleted'
  await linkGoogleAccount(inTx, { id: userId, email: user.email }, pending.google, client)
  return null
}

async function unlessTaken<T>(linking: Promise<T>): Promise<T | { refusal: 'taken' }> {
  try {
    return await linking
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
