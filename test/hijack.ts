import { eq } from 'drizzle-orm'
import { accounts, users } from '../src/db/schema'
import { newId } from '../src/ids'
import type { BrowserSession } from './browser-session'
import { continueWithGoogle, type GoogleUser, googleUser, isSignedInAs } from './google'
import { newestMail } from './mailbox'
import type { World } from './world'

export const strangersPassword = 'mine-all-mine'

/** A stranger who signed up with somebody else's address, and has a Google account linked to it. */
export async function hijack(world: World) {
  const email = `owner-${newId()}@gmail.com`
  const browser = world.browser()
  await browser.post('/sign-up', { name: 'Mallory', email, password: strangersPassword })
  await world.runJobs()
  const { link, token } = await newestMail(world, email)
  const google = googleUser({ email: `mallory-${newId()}@gmail.com` })
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  const userId = user?.id ?? ''
  await linkWithoutEmail(world, userId, google.sub)
  return { email, userId, link, token, stranger: { browser, google } }
}

/** A linked Google account of which no address is stored, as in old rows. */
export const linkWithoutEmail = ({ services: { db, now } }: World, userId: string, sub: string = newId()) =>
  db.insert(accounts).values({
    id: newId(),
    userId,
    provider: 'google',
    providerAccountId: sub,
    createdAt: now(),
  })

/** How the stranger can still use the account: `session`, `password`, `google`. */
export async function strangersAccess(
  world: World,
  { email, stranger }: { email: string; stranger: { browser: BrowserSession; google: GoogleUser } },
): Promise<string[]> {
  const [byPassword, byGoogle] = [world.browser(), world.browser()]
  await byPassword.post('/sign-in', { email, password: strangersPassword })
  await continueWithGoogle(world, byGoogle, stranger.google)
  const ways = { session: stranger.browser, password: byPassword, google: byGoogle }
  const open: string[] = []
  for (const [name, browser] of Object.entries(ways)) if (await isSignedInAs(browser, email)) open.push(name)
  return open
}
