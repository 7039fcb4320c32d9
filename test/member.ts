import { eq } from 'drizzle-orm'
import { users } from '../src/db/schema'
import { hashPassword } from '../src/models/password'
import { type Person, person } from './people'
import type { World } from './world'

export const memberPassword = 'learn-by-doing'
let passwordHash: Promise<string> | undefined

/** Somebody new who is signed in and has a password. */
export async function member(world: World, given: Parameters<typeof person>[1] = {}): Promise<Person> {
  passwordHash ??= hashPassword(memberPassword)
  const made = await person(world, given)
  await world.services.db
    .update(users)
    .set({ passwordHash: await passwordHash })
    .where(eq(users.id, made.id))
  return made
}

/** Another browser in which the same person signs in. */
export async function anotherBrowser(
  world: World,
  { email }: Pick<Person, 'email'>,
  userAgent = 'Another browser',
) {
  const browser = world.browser()
  const answer = await browser.post(
    '/sign-in',
    { email, password: memberPassword },
    { 'User-Agent': userAgent },
  )
  if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status}`)
  return browser
}
