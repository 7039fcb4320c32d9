import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { refusalToSuspend } from '../../rules/account/roles'
import type { DbNow } from '../../services'
import { forgetDevices } from '../account/known-device'
import { recordAudit } from '../audit'
import { countSuspendedCourses, suspendCoursesOf } from './course-suspension'
import { lockForAdmin } from './role'

type Suspension = { refusal: 'last admin' | 'self' } | { name: string; coursesOffSale: number }

export interface SuspensionWish {
  reason?: string
  /** What becomes of the courses that they have on sale. */
  courses: 'off-sale' | 'keep'
}

const courseReason = 'The account of its instructor is suspended.'

export const suspendUser = (
  services: DbNow,
  actorId: string,
  userId: string,
  { reason, courses }: SuspensionWish = { courses: 'off-sale' },
): Promise<Suspension> =>
  transact(services.db, async (tx) => {
    const { admins, user } = await lockForAdmin(tx, actorId, userId)
    const refusal = refusalToSuspend(actorId, userId, admins)
    if (refusal) return { refusal }
    await tx
      .update(users)
      .set({ suspendedAt: user.suspendedAt ?? services.now() })
      .where(eq(users.id, userId))
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    const inTx = { db: tx, now: services.now }
    await forgetDevices(inTx, userId)
    const wish = { ownerId: userId, reason: reason ?? courseReason }
    const coursesOffSale = courses === 'off-sale' ? await suspendCoursesOf(inTx, actorId, wish) : 0
    const subject = { type: 'user', id: userId } as const
    const details = { courses: coursesOffSale }
    await recordAudit(inTx, { actorId, action: 'suspend-user', subject, reason, details })
    return { name: user.name, coursesOffSale }
  })

/** Their courses stay as they are; gives how many an administrator has taken off sale. */
export const liftSuspension = (
  services: DbNow,
  actorId: string,
  userId: string,
): Promise<{ name: string; coursesOffSale: number }> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    const lifted = { name: user.name, coursesOffSale: await countSuspendedCourses(tx, userId) }
    if (!user.suspendedAt) return lifted
    await tx.update(users).set({ suspendedAt: null }).where(eq(users.id, userId))
    // A session that was being opened during the suspension must not become valid now.
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    const subject = { type: 'user', id: userId } as const
    await recordAudit({ db: tx, now: services.now }, { actorId, action: 'lift-user-suspension', subject })
    return lifted
  })

export const signOutEverywhere = (services: DbNow, actorId: string, userId: string): Promise<string> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    await tx.delete(sessions).where(eq(sessions.userId, userId))
    const inTx = { db: tx, now: services.now }
    await forgetDevices(inTx, userId)
    const subject = { type: 'user', id: userId } as const
    await recordAudit(inTx, { actorId, action: 'sign-out-user', subject })
    return user.name
  })
