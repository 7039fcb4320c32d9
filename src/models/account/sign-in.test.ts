import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cheapHash } from '../../../test/password'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { newSecret } from '../../crypto'
import type { Db } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { newId } from '../../ids'
import { signInWithGoogle } from './google-sign-in'
import { changePassword } from './password-change'
import { findUser } from './session'
import { signIn } from './sign-in'

const password = 'learn-by-doing'
const client = {
  ip: '198.51.100.7',
  device: 'Test browser',
  deviceToken: newSecret(),
  sessionToken: undefined,
}
const world = fileWorld()

const member = async (isVerified = true) => {
  const { id, email, ...one } = await person(world, { isVerified })
  await world.services.db
    .update(users)
    .set({ passwordHash: cheapHash(password) })
    .where(eq(users.id, id))
  const found = await findUser(world.services, one.browser.cookies.get('session') ?? '')
  return { id, email, sessionId: found?.user.sessionId ?? '' }
}
const sessionsOf = async (id: string) => {
  const list = await world.services.db.select().from(sessions).where(eq(sessions.userId, id))
  return list.length
}

/** Signs in with `password` while `change` happens between its check and the session. */
async function signInAround(email: string, change: () => Promise<unknown>) {
  const { db } = world.services
  let isChanged = false
  const transaction: Db['transaction'] = async (verb, options) => {
    if (!isChanged) {
      isChanged = true
      await change()
    }
    return db.transaction(verb, options)
  }
  const watched: Db = Object.create(db, { transaction: { value: transaction } })
  const result = await signIn({ ...world.services, db: watched }, { email, password }, client)
  expect(isChanged).toBe(true)
  return result
}

describe('a sign-in whose password was checked just before', () => {
  it('the password was changed opens no session', async () => {
    const { id, email, sessionId } = await member()
    const result = await signInAround(email, async () => {
      const typed = { currentPassword: password, password: 'another-password' }
      expect(await changePassword(world.services, { id, sessionId }, typed, client)).toHaveProperty('token')
    })
    expect(result).toEqual({ refusal: 'wrong-credentials' })
    expect(await sessionsOf(id)).toBe(1)
  })

  it('the owner of the address took over the account opens no session', async () => {
    const { id, email } = await member(false)
    const result = await signInAround(email, async () => {
      const google = {
        profile: { sub: newId(), email, emailVerified: true, name: 'Asha', hostedDomain: null },
        tokens: { accessToken: 'x', refreshToken: null, expiresAt: null },
      }
      expect(await signInWithGoogle(world.services, google, client)).toHaveProperty('token')
    })
    expect(result).toEqual({ refusal: 'wrong-credentials' })
    expect(await sessionsOf(id)).toBe(1)
  })

  it('the user was suspended says so', async () => {
    const { id, email } = await member()
    const result = await signInAround(email, () =>
      world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id)),
    )
    expect(result).toEqual({ refusal: 'suspended' })
    expect(await sessionsOf(id)).toBe(1)
  })

  it('the account was deleted opens no session', async () => {
    const { id, email } = await member()
    const result = await signInAround(email, async () => {
      await world.services.db.delete(sessions).where(eq(sessions.userId, id))
      await world.services.db.delete(users).where(eq(users.id, id))
    })
    expect(result).toEqual({ refusal: 'wrong-credentials' })
  })

  it("the same password was stored with today's parameters signs in", async () => {
    const { id, email } = await member()
    const result = await signInAround(email, async () => {
      expect(await signIn(world.services, { email, password }, client)).toHaveProperty('token')
    })
    expect(result).toHaveProperty('token')
    expect(await sessionsOf(id)).toBe(3)
  })
})
