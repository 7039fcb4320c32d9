import { asc, eq } from 'drizzle-orm'
import { accounts, chapters, courses, knownDevices, sessions, userProgress, users } from '../../db/schema'
import { notFound } from '../../errors'
import { logSecurity } from '../../log'
import { imageUrl, type Services } from '../../services'
import { listBought } from './export-money'
import { findTwoFactor } from './two-factor'

/** Amounts are paise; no hash, no token, nobody else's data. */
export async function exportAccount(
  { db, now, files }: Pick<Services, 'db' | 'now' | 'files'>,
  userId: string,
) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw notFound('account')
  logSecurity('export-account', { by: userId })
  const { passwordHash, imageKey, ...profile } = user
  const pictureUrl = imageUrl({ files }, imageKey)
  return {
    exportedAt: now(),
    profile: { ...profile, hasPassword: passwordHash !== null, pictureUrl },
    ...(await listAccess(db, userId)),
    twoFactorSignIn: await findTwoFactor({ db }, userId),
    ...(await listBought(db, userId)),
    progress: await listProgress(db, userId),
    coursesTaught: await listTaught(db, userId),
  }
}

type Db = Services['db']

async function listAccess(db: Db, userId: string) {
  const { id, device, createdAt, lastSeenAt, expiresAt } = sessions
  const { provider, providerAccountId, email, createdAt: linkedAt } = accounts
  return {
    sessions: await db
      .select({ id, device, createdAt, lastSeenAt, expiresAt })
      .from(sessions)
      .where(eq(sessions.userId, userId))
      .orderBy(asc(createdAt)),
    knownDevices: await db
      .select({
        device: knownDevices.device,
        knownSince: knownDevices.knownSince,
        lastUsedAt: knownDevices.lastUsedAt,
        revokedAt: knownDevices.revokedAt,
      })
      .from(knownDevices)
      .where(eq(knownDevices.userId, userId))
      .orderBy(asc(knownDevices.knownSince)),
    linkedAccounts: await db
      .select({ provider, providerAccountId, email, linkedAt })
      .from(accounts)
      .where(eq(accounts.userId, userId)),
  }
}

const listProgress = (db: Db, userId: string) =>
  db
    .select({
      course: courses.title,
      lesson: chapters.title,
      isCompleted: userProgress.isCompleted,
      positionSeconds: userProgress.positionSeconds,
      updatedAt: userProgress.updatedAt,
    })
    .from(userProgress)
    .innerJoin(chapters, eq(chapters.id, userProgress.chapterId))
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .where(eq(userProgress.userId, userId))
    .orderBy(asc(userProgress.updatedAt))

const listTaught = (db: Db, userId: string) =>
  db
    .select({
      id: courses.id,
      title: courses.title,
      slug: courses.slug,
      description: courses.description,
      outcomes: courses.outcomes,
      level: courses.level,
      pricePaise: courses.pricePaise,
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      studentCount: courses.studentCount,
      createdAt: courses.createdAt,
    })
    .from(courses)
    .where(eq(courses.ownerId, userId))
    .orderBy(asc(courses.createdAt))
