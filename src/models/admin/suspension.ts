import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { refusalToSuspend } from '../../rules/account/roles'
import type { DbNow } from '../../services'
import { lockForAdmin } from './role'

type Suspension = { refusal: 'last admin' | 'self' } | { name: string }

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

export const liftSuspension = (services: DbNow, actorId: string, userId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    if (!user.suspendedAt) return user.name
    await tx.update(users).set({ suspendedAt: null }).where(eq(users.id, userId))
    // A session that was being opened during the suspension must not become valid now.
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    return user.name
  })

export const signOutEverywhere = (services: DbNow, actorId: string, userId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    return user.name
  })
