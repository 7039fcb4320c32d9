import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { users } from '../../db/schema'
import { log } from '../../log'
import type { Services } from '../../services'
import { tellOfRole } from '../admin/role'
import { recordAudit } from '../audit'

/**
 * Makes the person administrator whose address ADMIN_EMAIL names, while the site has none. Whoever
 * calls it has just seen a proof that `email` is theirs, by `userId` where it came from an account.
 */
export async function nameFirstAdmin(
  { db, now, config }: Pick<Services, 'db' | 'now' | 'config'>,
  email: string,
  userId?: string,
): Promise<void> {
  if (email !== config.ADMIN_EMAIL) return
  const isTheirs = and(eq(users.email, email), userId === undefined ? undefined : eq(users.id, userId))
  await transact(db, async (tx) => {
    const [user] = await tx.select().from(users).where(isTheirs).for('update')
    if (!user?.emailVerifiedAt || user.suspendedAt) return
    const [admin] = await tx.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1)
    if (admin) return
    await tx
      .update(users)
      .set({ role: 'admin', adminSince: now(), teachingRequestedAt: null })
      .where(eq(users.id, user.id))
    const inTx = { db: tx, now }
    const change = { from: user.role, to: 'admin' as const }
    await recordAudit(inTx, {
      ...{ actorId: null, action: 'change-role', reason: 'ADMIN_EMAIL names this address' },
      subject: { type: 'user', id: user.id },
      details: change,
    })
    await tellOfRole(inTx, user.id, change)
    log('info', { administrator: user.id, reason: 'named by ADMIN_EMAIL' })
  })
}
