import { eq } from 'drizzle-orm'
import { isDuplicate, transact } from '../db/connect'
import { users } from '../db/schema'
import type { Services } from '../services'
import { addGoogle, findGoogleOwner, type GoogleSignIn, renewTokens } from './google-account'
import type { Browser } from './session'
import { signIn } from './sign-in'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** `gone`: there is no such account any more. `taken`: this Google account signs in somebody else. */
export type LinkResult =
  | { token: string }
  | { refusal: 'mismatch' | 'suspended' | 'gone' | 'without-password' | 'taken' }

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

/** What linking this Google account to a signed-in person's own would mean: `mine` is linked already and its tokens are fresh now, `taken` is somebody else's, `unverified` may not come in, `free` waits for the password. */
export async function considerLink(
  services: Parts,
  userId: string,
  google: GoogleSignIn,
): Promise<'mine' | 'taken' | 'unverified' | 'free'> {
  const owner = await findGoogleOwner(services, google.person.sub)
  if (owner && owner.userId !== userId) return 'taken'
  if (owner && (await renewTokens(services, userId, google))) return 'mine'
  return google.person.emailVerified ? 'free' : 'unverified'
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
  const result = await signIn(services, { email: account.email, password }, browser)
  if ('refusal' in result) return result
  const refusal = await attach(services, userId, google)
  return refusal ? { refusal } : result
}

async function attach(
  { db, ...services }: Parts,
  userId: string,
  google: GoogleSignIn,
): Promise<'gone' | 'taken' | null> {
  try {
    return await transact(db, async (tx) => {
      const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
      if (!person) return 'gone'
      if (!(await renewTokens({ ...services, db: tx }, userId, google)))
        await addGoogle({ ...services, db: tx }, userId, google)
      return null
    })
  } catch (error) {
    if (isDuplicate(error)) return 'taken'
    throw error
  }
}
