import { eq } from 'drizzle-orm'
import { users } from '../src/db/schema'
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
