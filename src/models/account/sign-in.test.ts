import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cheapHash } from '../../../test/password'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import type { Db } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { newId } from '../../ids'
import { signInWithGoogle } from './google-sign-in'
import { changeOwnPassword } from './password-change'
import { findUser } from './session'
import { signIn } from './sign-in'

const password = 'learn-by-doing'
const browser = { address: '198.51.100.7', device: 'Test browser', token: undefined }
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
  const result = await signIn({ ...world.services, db: watched }, { email, password }, browser)
  expect(isChanged).toBe(true)
  return result
}

describe('a sign-in that was checked just before', () => {
  it('another password was chosen opens no session', async () => {
    const { id, email, sessionId } = await member()
    const result = await signInAround(email, async () => {
      const wish = { currentPassword: password, password: 'another-password' }
      expect(await changeOwnPassword(world.services, { id, sessionId }, wish, browser)).toHaveProperty(
        'token',
      )
    })
    expect(result).toEqual({ refusal: 'mismatch' })
    expect(await sessionsOf(id)).toBe(1)
  })

  it('the owner of the address took the account over opens no session', async () => {
    const { id, email } = await member(false)
    const result = await signInAround(email, async () => {
      const google = {
        person: { sub: newId(), email, emailVerified: true, name: 'Asha', hostedDomain: null },
        tokens: { accessToken: 'x', refreshToken: null, expiresAt: null },
      }
      expect(await signInWithGoogle(world.services, google, browser)).toHaveProperty('token')
    })
    expect(result).toEqual({ refusal: 'mismatch' })
    expect(await sessionsOf(id)).toBe(1)
  })

  it('the person was suspended says so', async () => {
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
    expect(result).toEqual({ refusal: 'mismatch' })
  })

  it("the same password was kept anew under today's parameters is let in", async () => {
    const { id, email } = await member()
    const result = await signInAround(email, async () => {
      expect(await signIn(world.services, { email, password }, browser)).toHaveProperty('token')
    })
    expect(result).toHaveProperty('token')
    expect(await sessionsOf(id)).toBe(3)
  })
})
