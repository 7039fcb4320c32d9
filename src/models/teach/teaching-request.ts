import { and, asc, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { users } from '../../db/schema'
import { notFound } from '../../errors'
import { answerToTeaching } from '../../rules/account/roles'
import type { Services } from '../../services'
import { lockForAdmin } from '../admin/role'

export type TeachingRequests = Awaited<ReturnType<typeof listTeachingRequests>>
const mostListed = 50

/** Asks to teach: makes a verified student an instructor at once, or keeps the wish for an administrator, as the site is set. */
export const requestTeaching = (
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
): Promise<ReturnType<typeof answerToTeaching>> =>
  transact(services.db, async (tx) => {
    const [person] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
    if (!person) throw notFound('person')
    const isVerified = person.emailVerifiedAt !== null
    const answer = answerToTeaching({ role: person.role, isVerified }, services.config.INSTRUCTOR_SIGNUP)
    if (answer === 'granted') {
      await tx
        .update(users)
        .set({ role: 'instructor', teachingRequestedAt: null })
        .where(eq(users.id, userId))
    } else if (answer === 'waits' && !person.teachingRequestedAt) {
      await tx.update(users).set({ teachingRequestedAt: services.now() }).where(eq(users.id, userId))
    }
    return answer
  })

/** Since when this person's wish to teach waits; null when it does not. */
export async function findTeachingRequest(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<Date | null> {
  const [row] = await db.select({ since: users.teachingRequestedAt }).from(users).where(eq(users.id, userId))
  return row?.since ?? null
}

const waits = and(isNotNull(users.teachingRequestedAt), isNull(users.suspendedAt))

/** Who waits to teach, longest first; at most 50 of `count`. */
export async function listTeachingRequests({ db }: Pick<Services, 'db'>) {
  const [[counted], people] = await Promise.all([
    db.select({ n: count() }).from(users).where(waits),
    db
      .select({ id: users.id, name: users.name, email: users.email, since: users.teachingRequestedAt })
      .from(users)
      .where(waits)
      .orderBy(asc(users.teachingRequestedAt), asc(users.id))
      .limit(mostListed),
  ])
  return { count: counted?.n ?? 0, people }
}

/** Answers a wish to teach and gives the person's name; `answered` is false when nothing waited any more, and nothing changes. */
export const answerTeachingRequest = (
  services: Pick<Services, 'db'>,
  actorId: string,
  personId: string,
  answer: 'approve' | 'decline',
): Promise<{ name: string; answered: boolean }> =>
  transact(services.db, async (tx) => {
    const { user: person } = await lockForAdmin(tx, actorId, personId)
    const role = answer === 'approve' && person.role === 'student' ? 'instructor' : person.role
    const [done] = await tx
      .update(users)
      .set({ role, teachingRequestedAt: null })
      .where(and(eq(users.id, personId), isNotNull(users.teachingRequestedAt)))
    return { name: person.name, answered: done.affectedRows === 1 }
  })
