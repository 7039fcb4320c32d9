import { eq } from 'drizzle-orm'
import { accounts, sessions, users } from '../src/db/schema'
import { newId } from '../src/ids'
import { hashPassword } from '../src/models/account/password'
import type { Answer, BrowserSession } from './browser-session'
import type { World } from './world'

export interface GoogleUser {
  sub: string
  email: string
  email_verified?: boolean
  name?: string
  hd?: string
}

/** Somebody at Google who has never been here, by default with an address of Google's own. */
export function googleUser(given: Partial<GoogleUser> = {}): GoogleUser {
  const id = newId()
  return { sub: `sub-${id}`, email: `asha-${id}@gmail.com`, email_verified: true, name: 'Asha Rao', ...given }
}

/** Goes from this site to Google as this person, and gives the path of the callback without asking it. */
export async function toCallback(
  world: World,
  browser: BrowserSession,
  someone: GoogleUser,
  next?: string,
): Promise<string> {
  const path = next ? `/sign-in/google?next=${encodeURIComponent(next)}` : '/sign-in/google'
  const { location } = await browser.get(path)
  return backFromGoogle(world, location ?? '', someone)
}

/** What Google does with an address this site sent a browser to, when this person is chosen there. */
export async function backFromGoogle(world: World, address: string, someone: GoogleUser): Promise<string> {
  await world.settings('google', { next: someone })
  const answer = await fetch(address, { redirect: 'manual' })
  const { pathname, search } = new URL(answer.headers.get('Location') ?? '')
  return `${pathname}${search}`
}

export const continueWithGoogle = async (
  world: World,
  browser: BrowserSession,
  someone: GoogleUser,
  next?: string,
): Promise<Answer> => browser.get(await toCallback(world, browser, someone, next))

export const password = 'learn-by-doing'
const passwordHash = hashPassword(password)

/** An account made by signing up here, its address proven unless said; no browser is signed in. */
export async function member(
  world: World,
  given: Partial<typeof users.$inferInsert> = {},
): Promise<{ id: string; email: string }> {
  const id = newId()
  const now = world.services.now()
  const row = {
    id,
    email: `${id}@example.com`,
    name: 'Asha Verma',
    passwordHash: await passwordHash,
    emailVerifiedAt: now,
    createdAt: now,
    ...given,
  }
  await world.services.db.insert(users).values(row)
  return { id, email: row.email }
}

/** All that is kept of a person: compared before and after what must change nothing. */
export async function kept({ services: { db } }: World, userId: string) {
  return {
    user: await db.select().from(users).where(eq(users.id, userId)),
    accounts: await db.select().from(accounts).where(eq(accounts.userId, userId)),
    sessions: await db.select().from(sessions).where(eq(sessions.userId, userId)),
  }
}

export const findByEmail = ({ services: { db } }: World, email: string) =>
  db.select().from(users).where(eq(users.email, email))
