import { eq } from 'drizzle-orm'
import { hashOf } from '../src/crypto'
import { sessions, users } from '../src/db/schema'
import { newId } from '../src/ids'
import { openSession } from '../src/models/account/session'
import { cheapHash } from './password'
import { type Person, person } from './people'
import type { World } from './world'

export const memberPassword = 'learn-by-doing'

/** Somebody new who is signed in and has a password. */
export async function member(world: World, given: Parameters<typeof person>[1] = {}): Promise<Person> {
  const made = await person(world, given)
  await world.services.db
    .update(users)
    .set({ passwordHash: cheapHash(memberPassword) })
    .where(eq(users.id, made.id))
  return made
}

/** The session of a token. */
export async function findSession({ services }: World, token: string | undefined) {
  const isToken = eq(sessions.tokenHash, await hashOf(token ?? ''))
  const [session] = await services.db.select().from(sessions).where(isToken)
  return session
}

/** Headers of a network of its own, so that tests do not use up each other's limits. */
export const elsewhere = () => ({
  'X-Forwarded-For': `2001:db8:${newId().slice(-4)}:${newId().slice(-4)}::1`,
})

/** Another browser in which the same person is signed in. */
export async function anotherBrowser(
  world: World,
  { id }: Pick<Person, 'id'>,
  userAgent = 'Another browser',
) {
  const browser = world.browser()
  browser.cookies.set('session', await openSession(world.services, id, userAgent))
  return browser
}
