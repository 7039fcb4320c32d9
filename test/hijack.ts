import { eq } from 'drizzle-orm'
import { accounts, users } from '../src/db/schema'
import { newId } from '../src/ids'
import type { BrowserSession } from './browser-session'
import { continueWithGoogle, type GoogleUser, googleUser } from './google'
import { newestMail } from './mailbox'
import type { World } from './world'

export const strangersPassword = 'mine-all-mine'

/** A stranger who signed up with the address of somebody else, and whose own Google account is linked from before links asked for a proof. */
export async function hijack(world: World) {
  const email = `owner-${newId()}@gmail.com`
  const browser = world.browser()
  await browser.post('/sign-up', { name: 'Mallory', email, password: strangersPassword })
  await world.runJobs()
  const { link, token } = await newestMail(world, email)
  const google = googleUser({ email: `mallory-${newId()}@gmail.com` })
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  const userId = user?.id ?? ''
  await linkedBefore(world, userId, google.sub)
  return { email, userId, link, token, stranger: { browser, google } }
}

/** A Google account that was linked when a link kept no address and asked for no proof. */
export const linkedBefore = ({ services: { db, now } }: World, userId: string, sub: string = newId()) =>
  db.insert(accounts).values({
    id: newId(),
    userId,
    provider: 'google',
    providerAccountId: sub,
    createdAt: now(),
  })

export async function isSignedInAs(browser: BrowserSession, email: string): Promise<boolean> {
  const { status, html } = await browser.get('/account')
  return status === 200 && html.includes(email)
}

/** What still opens the account for the stranger: `session`, `password`, `google`. */
export async function doorsOf(
  world: World,
  { email, stranger }: { email: string; stranger: { browser: BrowserSession; google: GoogleUser } },
): Promise<string[]> {
  const [byPassword, byGoogle] = [world.browser(), world.browser()]
  await byPassword.post('/sign-in', { email, password: strangersPassword })
  await continueWithGoogle(world, byGoogle, stranger.google)
  const doors = { session: stranger.browser, password: byPassword, google: byGoogle }
  const open: string[] = []
  for (const [name, browser] of Object.entries(doors)) if (await isSignedInAs(browser, email)) open.push(name)
  return open
}
