import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { refusalToSuspend } from '../../rules/account/roles'
import type { DbNow } from '../../services'
import { lockForAdmin } from './role'

export type Suspension = { refusal: 'last admin' | 'self' } | { name: string }

/** Ends a person's sessions and lets them begin no other until it is lifted; their courses stay on sale. Suspending twice changes nothing. */
export const suspend = (services: DbNow, actorId: string, personId: string): Promise<Suspension> =>
  transact(services.db, async (tx) => {
    const { admins, person } = await lockForAdmin(tx, actorId, personId)
    const refusal = refusalToSuspend(actorId, personId, admins)
    if (refusal) return { refusal }
    await tx
      .update(users)
      .set({ suspendedAt: person.suspendedAt ?? services.now() })
      .where(eq(users.id, personId))
    await tx.delete(sessions).where(eq(sessions.userId, personId))
    return { name: person.name }
  })

/** Lets a suspended person sign in again and gives their name. */
export const liftSuspension = (services: DbNow, actorId: string, personId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { person } = await lockForAdmin(tx, actorId, personId)
    if (!person.suspendedAt) return person.name
    await tx.update(users).set({ suspendedAt: null }).where(eq(users.id, personId))
    // A session that was being opened while the person was suspended must not come alive now.
    await tx.delete(sessions).where(eq(sessions.userId, personId))
    return person.name
  })

/** Ends every session of a person and gives their name. */
export const signOutEverywhere = (services: DbNow, actorId: string, personId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { person } = await lockForAdmin(tx, actorId, personId)
    await tx.delete(sessions).where(eq(sessions.userId, personId))
    return person.name
  })
