import { eq } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../../db/connect'
import { users } from '../../db/schema'
import { AppError } from '../../errors'
import { newId } from '../../ids'
import type { GoogleIdentity } from '../../ports/identity/identity'
import {
  decideLinking,
  isIssuedByGoogle,
  isSameEmail,
  nameFromGoogle,
} from '../../rules/account/google-linking'
import type { Services } from '../../services'
import { nameFirstAdmin } from './first-admin'
import {
  addGoogleAccount,
  findGoogleUser,
  findLinkedGoogleAccount,
  linkGoogleAccount,
  updateGoogleAccount,
} from './google-account'
import { type Admission, admit } from './second-step'
import { type Client, replaceSession } from './session'
import { countSignUp } from './sign-up'
import { lockUser, markEmailVerified } from './verified-email'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

export type GoogleSignInResult =
  | Admission
  | { refusal: 'google-unverified' | 'suspended' }
  | { needsPasswordOf: string }

/** As rules/account/google-linking decides; AppError `limited` after too many new accounts. */
export async function signInWithGoogle(
  services: Parts,
  google: GoogleIdentity,
  client: Client,
): Promise<GoogleSignInResult> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      const result = await trySignInWithGoogle(services, google, client)
      if (result) await nameByGoogle(services, google)
      if (result) return result
    } catch (error) {
      // The same user came twice at once: on the next attempt the account is there.
      if (!isDuplicate(error)) throw error
    }
  }
  throw new AppError('conflict', 'This account is being changed right now. Please try again.')
}

/** Whose account it is linked to by now; Google may be somebody's other address, too. */
async function nameByGoogle(services: Parts, google: GoogleIdentity): Promise<void> {
  const email = emailOf(google)
  if (email !== services.config.ADMIN_EMAIL || !isIssuedByGoogle(google.profile)) return
  const owner = await findGoogleUser(services, google.profile.sub)
  if (owner) await nameFirstAdmin(services, email, owner.userId)
}

const emailOf = ({ profile }: GoogleIdentity) => profile.email.toLowerCase()

async function trySignInWithGoogle(
  services: Parts,
  google: GoogleIdentity,
  client: Client,
): Promise<GoogleSignInResult | null> {
  const owner = await findGoogleUser(services, google.profile.sub)
  if (owner) return signInLinkedUser(services, owner.userId, google, client)
  const email = emailOf(google)
  const [same] = await services.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (same) return signInUserWithSameEmail(services, same.id, google, client)
  if (decideLinking(google.profile, null) === 'refuse') return { refusal: 'google-unverified' }
  await countSignUp(services, client)
  return { token: await signUpWithGoogle(services, google, client) }
}

const signInLinkedUser = (
  services: Parts,
  userId: string,
  google: GoogleIdentity,
  client: Client,
): Promise<GoogleSignInResult | null> =>
  withLockedUser(services, userId, async (inTx, user) => {
    if (user.suspendedAt) return { refusal: 'suspended' }
    if (!(await updateGoogleAccount(inTx, userId, google))) return null
    if (!user.emailVerifiedAt && isSameEmail(google.profile, user.email)) {
      await markEmailVerified(inTx, user, 'google')
      await linkGoogleAccount(inTx, user, google, client)
    }
    return admit(inTx, user, client)
  })

const signUpWithGoogle = (
  { db, ...services }: Parts,
  google: GoogleIdentity,
  client: Client,
): Promise<string> =>
  transact(db, async (tx) => {
    const inTx = { ...services, db: tx }
    const id = newId()
    const now = services.now()
    await tx.insert(users).values({
      id,
      name: nameFromGoogle(google.profile),
      email: emailOf(google),
      emailVerifiedAt: now,
      createdAt: now,
    })
    await addGoogleAccount(inTx, id, google)
    return replaceSession(inTx, id, client)
  })

const signInUserWithSameEmail = (
  services: Parts,
  userId: string,
  google: GoogleIdentity,
  client: Client,
): Promise<GoogleSignInResult | null> =>
  withLockedUser(services, userId, async (inTx, user) => {
    if (await findGoogleUser(inTx, google.profile.sub)) return null
    const decision = decideLinking(google.profile, {
      isVerified: user.emailVerifiedAt !== null,
      hasOtherGoogle: (await findLinkedGoogleAccount(inTx, userId)) !== null,
    })
    if (decision === 'refuse') return { refusal: 'google-unverified' }
    if (user.suspendedAt) return { refusal: 'suspended' }
    if (decision === 'ask-password') return { needsPasswordOf: userId }
    if (decision === 'take-over') await markEmailVerified(inTx, user, 'google')
    await linkGoogleAccount(inTx, user, google, client)
    return admit(inTx, user, client)
  })

type InTx = Omit<Parts, 'db'> & { db: Transaction }
type LockedUser = NonNullable<Awaited<ReturnType<typeof lockUser>>>

/** The row is locked first, so that nobody signs in by a link that is being removed. */
const withLockedUser = (
  { db, now, config }: Parts,
  userId: string,
  signIn: (inTx: InTx, user: LockedUser) => Promise<GoogleSignInResult | null>,
): Promise<GoogleSignInResult | null> =>
  transact(db, async (tx) => {
    const user = await lockUser(tx, userId)
    return user && signIn({ db: tx, now, config }, user)
  })
