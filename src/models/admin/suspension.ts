import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { refusalToSuspend } from '../../rules/account/roles'
import type { DbNow } from '../../services'
import { lockForAdmin } from './role'

type Suspension = { refusal: 'last admin' | 'self' } | { name: string }

/**
 * Ends a user's sessions and lets them open no other until the suspension is lifted; their courses
 * stay on sale. Suspending twice changes nothing.
 */
export const suspendUser = (services: DbNow, actorId: string, userId: string): Promise<Suspension> =>
  transact(services.db, async (tx) => {
    const { admins, user } = await lockForAdmin(tx, actorId, userId)
    const refusal = refusalToSuspend(actorId, userId, admins)
    if (refusal) return { refusal }
    await tx
      .update(users)
      .set({ suspendedAt: user.suspendedAt ?? services.now() })
      .where(eq(users.id, userId))
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    return { name: user.name }
  })

/** Lets a suspended user sign in again and gives their name. */
export const liftSuspension = (services: DbNow, actorId: string, userId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    if (!user.suspendedAt) return user.name
    await tx.update(users).set({ suspendedAt: null }).where(eq(users.id, userId))
    // A session that was being opened during the suspension must not become valid now.
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    return user.name
  })

/** Ends every session of a user and gives their name. */
export const signOutEverywhere = (services: DbNow, actorId: string, userId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    return user.name
  })
