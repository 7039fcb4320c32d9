import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { isFormer } from '../../rules/account/former-account'
import type { DbNow, TxNow } from '../../services'
import { removeTwoFactor } from '../account/two-factor'
import { recordAudit } from '../audit'
import { addJob } from '../job'
import { lockForAdmin } from './role'

interface Reset {
  name: string
  wasOn: boolean
}

/**
 * For somebody who lost the app and the recovery codes. AppError `not_found` when the actor is no
 * administrator any more, or nobody has this id.
 */
export const resetTwoFactor = (
  services: DbNow,
  actorId: string,
  userId: string,
  reason: string,
): Promise<Reset> =>
  transact(services.db, async (tx) => {
    const { user } = await lockForAdmin(tx, actorId, userId)
    return reset({ db: tx, now: services.now }, user, { actorId, reason })
  })

/** `email` is lower-cased; null when nobody has it. */
export const resetTwoFactorOf = (services: DbNow, email: string): Promise<Reset | null> =>
  transact(services.db, async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for('update')
    if (!user || isFormer(user.email)) return null
    return reset({ db: tx, now: services.now }, user, { actorId: null })
  })

type InTx = Omit<TxNow, 'db'> & { db: Transaction }

/** Ends every session, too; one that is off stays as it is. */
async function reset(
  inTx: InTx,
  { id, name, email }: { id: string; name: string; email: string },
  by: { actorId: string | null; reason?: string },
): Promise<Reset> {
  if (!(await removeTwoFactor(inTx, { id, email }))) return { name, wasOn: false }
  await inTx.db.delete(sessions).where(eq(sessions.userId, id))
  const subject = { type: 'user', id } as const
  await recordAudit(inTx, { ...by, action: 'reset-two-factor', subject })
  await addJob(inTx, 'mail-two-factor', { email, change: 'reset' })
  return { name, wasOn: true }
}
