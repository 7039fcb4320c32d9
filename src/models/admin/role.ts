import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { type Role, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isFormer } from '../../rules/account/former-account'
import { refusalOfRole } from '../../rules/account/roles'
import type { DbNow, TxNow } from '../../services'
import { recordAudit } from '../audit'
import { addJob } from '../job'
import { countCoursesOf, handOverCourses } from '../teach/course-owner'

type RoleChange =
  | { refusal: 'last admin' | 'self' }
  | { refusal: 'courses'; needed: number }
  | { name: string; handedOver: number }

/** AppError `not_found` when the actor is no administrator any more, or nobody has this id. */
export const changeRole = (
  services: DbNow,
  actorId: string,
  userId: string,
  { role, handOver }: { role: Role; handOver: boolean },
): Promise<RoleChange> =>
  transact(services.db, async (tx) => {
    const { user, admins } = await lockForAdmin(tx, actorId, userId)
    const courses = await countCoursesOf({ db: tx }, userId)
    const refusal = refusalOfRole(actorId, { ...user, courses }, role, admins)
    if (refusal === 'courses' && !handOver) return { refusal, needed: courses.needed }
    if (refusal && refusal !== 'courses') return { refusal }
    const handedOver = refusal === 'courses' ? await handOverCourses(tx, userId, actorId) : 0
    if (user.role !== role) {
      const adminSince = role === 'admin' ? services.now() : null
      await tx.update(users).set({ role, adminSince, teachingRequestedAt: null }).where(eq(users.id, userId))
      const subject = { type: 'user', id: userId } as const
      const details = { from: user.role, to: role, courses: handedOver }
      const inTx = { db: tx, now: services.now }
      await recordAudit(inTx, { actorId, action: 'change-role', subject, details })
      await tellOfRole(inTx, userId, { from: user.role, to: role })
    }
    return { name: user.name, handedOver }
  })

export const tellOfRole = (
  services: TxNow,
  userId: string,
  change: { from: Role; to: Role },
): Promise<void> =>
  addJob(services, 'mail-role-changed', { userId, ...change, at: services.now().toISOString() })

/** `email` is lower-cased; null when nobody has it. */
export const makeAdmin = (
  services: DbNow,
  email: string,
): Promise<{ name: string; wasAdmin: boolean; wasSuspended: boolean } | null> =>
  transact(services.db, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for('update')
    if (!user || isFormer(user.email)) return null
    const adminSince = user.role === 'admin' ? user.adminSince : services.now()
    await tx
      .update(users)
      .set({ role: 'admin', adminSince, suspendedAt: null, teachingRequestedAt: null })
      .where(eq(users.id, user.id))
    const inTx = { db: tx, now: services.now }
    const subject = { type: 'user', id: user.id } as const
    if (user.role !== 'admin') {
      const change = { from: user.role, to: 'admin' as const }
      await recordAudit(inTx, { actorId: null, action: 'change-role', subject, details: change })
      await tellOfRole(inTx, user.id, change)
    }
    if (user.suspendedAt !== null)
      await recordAudit(inTx, { actorId: null, action: 'lift-user-suspension', subject })
    return {
      name: user.name,
      wasAdmin: user.role === 'admin',
      wasSuspended: user.suspendedAt !== null,
    }
  })

/** All who take one away lock them in one order, so that of two who remove each other one stays. */
export async function lockAdmins(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt)))
    .orderBy(asc(users.id))
    .for('update')
  return rows.map(({ id }) => id)
}

/** AppError `not_found` when the actor is no administrator any more, or nobody has this id. */
export async function lockForAdmin(tx: Transaction, actorId: string, userId: string) {
  const admins = await lockAdmins(tx)
  if (!admins.includes(actorId)) throw notFound('page')
  const [user] = await tx
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      suspendedAt: users.suspendedAt,
    })
    .from(users)
    .where(eq(users.id, userId))
    .for('update')
  if (!user || isFormer(user.email)) throw notFound('person')
  return { admins, user }
}
