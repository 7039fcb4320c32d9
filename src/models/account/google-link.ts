import { eq } from 'drizzle-orm'
import { isDuplicate, type Transaction } from '../../db/connect'
import { users } from '../../db/schema'
import type { Services } from '../../services'
import { addGoogle, findGoogleOwner, type GoogleSignIn, renewTokens } from './google-account'
import type { Browser } from './session'
import { signIn } from './sign-in'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** `gone`: there is no such account any more. `taken`: this Google account signs in somebody else. `unproven`: the account's own address is not verified. */
export type LinkResult =
  | { token: string }
  | { refusal: 'mismatch' | 'suspended' | 'gone' | 'without-password' | 'taken' | 'unproven' }

/** The account a Google account is about to be linked to; null when it is gone. Without a password there is none to prove. */
export async function findAccountToLink(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<{ email: string; hasPassword: boolean } | null> {
  const [person] = await db
    .select({ email: users.email, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId))
  return person ? { email: person.email, hasPassword: person.passwordHash !== null } : null
}

/** What linking this Google account to a signed-in person's own would mean: `mine` is linked already and its tokens are fresh now, `taken` is somebody else's, `unverified` may not come in, `unproven` is this person's own address, `free` waits for the password. */
export async function considerLink(
  services: Parts,
  userId: string,
  google: GoogleSignIn,
): Promise<'mine' | 'taken' | 'unverified' | 'unproven' | 'free'> {
  const owner = await findGoogleOwner(services, google.person.sub)
  if (owner && owner.userId !== userId) return 'taken'
  if (owner && (await renewTokens(services, userId, google))) return 'mine'
  if (!google.person.emailVerified) return 'unverified'
  return (await mayLink(services, userId)) ? 'free' : 'unproven'
}

/** Signs in by password and links the Google account, in place of any other. AppError `limited` after too many wrong passwords, as for sign-in. */
export async function linkGoogle(
  services: Parts,
  userId: string,
  google: GoogleSignIn,
  password: string,
  browser: Browser,
): Promise<LinkResult> {
  const account = await findAccountToLink(services, userId)
  if (!account) return { refusal: 'gone' }
  if (!account.hasPassword) return { refusal: 'without-password' }
  const owner = await findGoogleOwner(services, google.person.sub)
  if (owner && owner.userId !== userId) return { refusal: 'taken' }
  try {
    // In one transaction: between the two the owner could have taken the account back.
    return await signIn(services, { email: account.email, password }, browser, (tx) =>
      attach(tx, services, { id: userId, email: account.email }, google),
    )
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'taken' }
    throw error
  }
}

async function attach(
  db: Transaction,
  { now, config }: Parts,
  person: { id: string; email: string },
  google: GoogleSignIn,
): Promise<'unproven' | null> {
  const part = { db, now, config }
  if (!(await mayLink(part, person.id))) return 'unproven'
  if (!(await renewTokens(part, person.id, google))) await addGoogle(part, person, google)
  return null
}

/** Whoever registered an address and has not proved it must not leave another way in. */
async function mayLink({ db }: { db: Parts['db'] | Transaction }, userId: string): Promise<boolean> {
  const [person] = await db
    .select({ emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, userId))
  return person !== undefined && person.emailVerifiedAt !== null
}
