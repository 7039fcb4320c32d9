import { and, asc, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { users } from '../../db/schema'
import { notFound } from '../../errors'
import { answerToTeaching } from '../../rules/account/roles'
import type { DbNow, Services } from '../../services'
import { lockForAdmin, tellOfRole } from '../admin/role'
import { recordAudit } from '../audit'

export type TeachingRequests = Awaited<ReturnType<typeof listTeachingRequests>>
const maxListed = 50

export const requestTeaching = (
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
): Promise<ReturnType<typeof answerToTeaching>> =>
  transact(services.db, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
    if (!user) throw notFound('person')
    const isVerified = user.emailVerifiedAt !== null
    const answer = answerToTeaching({ role: user.role, isVerified }, services.config.INSTRUCTOR_SIGNUP)
    if (answer === 'granted') {
      await tx
        .update(users)
        .set({ role: 'instructor', teachingRequestedAt: null })
        .where(eq(users.id, userId))
      const subject = { type: 'user', id: userId } as const
      const details = { from: user.role, to: 'instructor' }
      const inTx = { db: tx, now: services.now }
      await recordAudit(inTx, { actorId: userId, action: 'change-role', subject, details })
    } else if (answer === 'waits' && !user.teachingRequestedAt) {
      await tx.update(users).set({ teachingRequestedAt: services.now() }).where(eq(users.id, userId))
    }
    return answer
  })

export async function findTeachingRequest(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<Date | null> {
  const [row] = await db.select({ since: users.teachingRequestedAt }).from(users).where(eq(users.id, userId))
  return row?.since ?? null
}

const isWaiting = and(isNotNull(users.teachingRequestedAt), isNull(users.suspendedAt))

export async function listTeachingRequests({ db }: Pick<Services, 'db'>) {
  const [[counted], people] = await Promise.all([
    db.select({ n: count() }).from(users).where(isWaiting),
    db
      .select({ id: users.id, name: users.name, email: users.email, since: users.teachingRequestedAt })
      .from(users)
      .where(isWaiting)
      .orderBy(asc(users.teachingRequestedAt), asc(users.id))
      .limit(maxListed),
  ])
  return { count: counted?.n ?? 0, people }
}

export const answerTeachingRequest = (
  services: DbNow,
  actorId: string,
  personId: string,
  answer: 'approve' | 'decline',
): Promise<{ name: string; answered: boolean }> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, personId)
    const role = answer === 'approve' && user.role === 'student' ? 'instructor' : user.role
    const [done] = await tx
      .update(users)
      .set({ role, teachingRequestedAt: null })
      .where(and(eq(users.id, personId), isNotNull(users.teachingRequestedAt)))
    const answered = done.affectedRows === 1
    const subject = { type: 'user', id: personId } as const
    const inTx = { db: tx, now: services.now }
    if (answered)
      await recordAudit(inTx, { actorId, action: 'answer-teaching-request', subject, details: { answer } })
    if (answered && role !== user.role) await tellOfRole(inTx, personId, { from: user.role, to: role })
    return { name: user.name, answered }
  })
