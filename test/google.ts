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

/** Somebody at Google who is new here, by default with a Gmail address. */
export function googleUser(given: Partial<GoogleUser> = {}): GoogleUser {
  const id = newId()
  return { sub: `sub-${id}`, email: `asha-${id}@gmail.com`, email_verified: true, name: 'Asha Rao', ...given }
}

/** Goes from this site to Google as this person, and gives the path of the callback unvisited. */
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

/** The path that Google sends the browser back to when this person is chosen there. */
export async function backFromGoogle(world: World, url: string, someone: GoogleUser): Promise<string> {
  await world.settings('google', { next: someone })
  const answer = await fetch(url, { redirect: 'manual' })
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

/** An account with a password and, by default, a verified address; no browser is signed in. */
export async function userWithPassword(
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

/** The same, signed in with the password. */
export async function signedInUser(world: World) {
  const user = await userWithPassword(world)
  const browser = world.browser()
  await browser.post('/sign-in', { email: user.email, password })
  return { ...user, browser }
}

export async function isSignedInAs(browser: BrowserSession, email: string): Promise<boolean> {
  const { status, html } = await browser.get('/account')
  return status === 200 && html.includes(email)
}

/** Everything stored of a user: compared before and after what must change nothing. */
export async function storedUser({ services: { db } }: World, userId: string) {
  return {
    user: await db.select().from(users).where(eq(users.id, userId)),
    accounts: await db.select().from(accounts).where(eq(accounts.userId, userId)),
    sessions: await db.select().from(sessions).where(eq(sessions.userId, userId)),
  }
}

export const findByEmail = ({ services: { db } }: World, email: string) =>
  db.select().from(users).where(eq(users.email, email))
