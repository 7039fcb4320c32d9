import { eq } from 'drizzle-orm'
import { isDuplicate, transact } from '../../db/connect'
import { users } from '../../db/schema'
import { AppError } from '../../errors'
import { newId } from '../../ids'
import { isSameAddress, linkingOf, nameFromGoogle } from '../../rules/account/account-linking'
import type { Services } from '../../services'
import {
  addGoogle,
  findGoogleLink,
  findGoogleOwner,
  type GoogleSignIn,
  insertGoogle,
  renewTokens,
} from './google-account'
import { type Browser, replaceSession } from './session'
import { countSignUp } from './sign-up'
import { lockPerson, proveAddress } from './verified-email'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** `proofOf` is the person who must prove the password before the two accounts are linked; nothing has changed so far. */
export type GoogleSignInResult =
  | { token: string }
  | { refusal: 'unverified' | 'suspended' }
  | { proofOf: string }

/**
 * Signs in whoever Google says it is, by `sub`; a first time makes an account or links one, by the rules of account-linking.
 * AppError `limited` when this network makes too many accounts.
 */
export async function signInWithGoogle(
  services: Parts,
  google: GoogleSignIn,
  browser: Browser,
): Promise<GoogleSignInResult> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      const result = await enter(services, google, browser)
      if (result) return result
    } catch (error) {
      // The same person came twice at once: next time round the account is there.
      if (!isDuplicate(error)) throw error
    }
  }
  throw new AppError('conflict', 'This account is being changed just now. Please try again.')
}

/** Null when what was found changed before it could be used. */
async function enter(
  services: Parts,
  google: GoogleSignIn,
  browser: Browser,
): Promise<GoogleSignInResult | null> {
  const owner = await findGoogleOwner(services, google.person.sub)
  if (owner) return enterKnown(services, owner.userId, google, browser)
  const email = google.person.email.toLowerCase()
  const [same] = await services.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (same) return join(services, same.id, google, browser)
  if (linkingOf(google.person, null) === 'refuse') return { refusal: 'unverified' }
  await countSignUp(services, browser)
  return { token: await create(services, google, browser) }
}

/** This Google account signs somebody in already. The person's row goes first, so that nobody comes in by a link that is being taken off. */
const enterKnown = (
  { db, ...services }: Parts,
  userId: string,
  google: GoogleSignIn,
  browser: Browser,
): Promise<GoogleSignInResult | null> =>
  transact(db, async (tx) => {
    const part = { ...services, db: tx }
    const person = await lockPerson(tx, userId)
    if (person?.suspendedAt) return { refusal: 'suspended' }
    if (!person || !(await renewTokens(part, userId, google))) return null
    if (!person.emailVerifiedAt && isSameAddress(google.person, person.email)) {
      await proveAddress(part, person, 'google')
      await addGoogle(part, person, google)
    }
    return { token: await replaceSession(part, userId, browser) }
  })

const create = ({ db, ...services }: Parts, google: GoogleSignIn, browser: Browser): Promise<string> =>
  transact(db, async (tx) => {
    const id = newId()
    const now = services.now()
    await tx.insert(users).values({
      id,
      name: nameFromGoogle(google.person),
      email: google.person.email.toLowerCase(),
      emailVerifiedAt: now,
      createdAt: now,
    })
    await insertGoogle({ ...services, db: tx }, id, google)
    return replaceSession({ ...services, db: tx }, id, browser)
  })

/** There is an account with this address. */
const join = (
  { db, ...services }: Parts,
  userId: string,
  google: GoogleSignIn,
  browser: Browser,
): Promise<GoogleSignInResult | null> =>
  transact(db, async (tx) => {
    const part = { ...services, db: tx }
    const person = await lockPerson(tx, userId)
    if (!person || (await findGoogleOwner({ db: tx }, google.person.sub))) return null
    const linking = linkingOf(google.person, {
      isVerified: person.emailVerifiedAt !== null,
      hasOtherGoogle: (await findGoogleLink(part, userId)) !== null,
    })
    if (linking === 'refuse') return { refusal: 'unverified' }
    if (person.suspendedAt) return { refusal: 'suspended' }
    if (linking === 'prove') return { proofOf: userId }
    if (linking === 'take-over') await proveAddress(part, person, 'google')
    await addGoogle(part, person, google)
    return { token: await replaceSession(part, userId, browser) }
  })
