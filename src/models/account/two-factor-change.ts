import { and, eq, ne } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { type Role, sessions, twoFactors, users } from '../../db/schema'
import { AppError } from '../../errors'
import type { Services } from '../../services'
import { type AuditAction, recordAudit } from '../audit'
import { addJob } from '../job'
import { replaceRecoveryCodes } from './recovery-code'
import { type CurrentUser, isSessionOpen } from './session'
import { hasTwoFactor, lockTwoFactor, removeTwoFactor, sealSecret, stepOfCode } from './two-factor'

type Parts = Pick<Services, 'db' | 'now' | 'config'>
type InTx = Omit<Parts, 'db'> & { db: Transaction }
type Change = 'on' | 'off' | 'new-codes'

export type TurnedOn = { recoveryCodes: string[] } | { refusal: 'wrong-code' | 'already-on' }

/** `secret` is base32. Ends all other sessions: they began with one factor. */
export async function turnOnTwoFactor(
  services: Parts,
  user: CurrentUser,
  { secret, code }: { secret: string; code: string },
): Promise<TurnedOn> {
  const lastStep = await stepOfCode(services, secret, code)
  if (lastStep === null) return { refusal: 'wrong-code' }
  return withOwnAccount(services, user, async (inTx, account) => {
    if (await hasTwoFactor(inTx, account.id)) return { refusal: 'already-on' }
    await inTx.db.insert(twoFactors).values({
      userId: account.id,
      secret: await sealSecret(inTx, account.id, secret),
      lastStep,
      createdAt: inTx.now(),
    })
    const isOther = ne(sessions.id, user.sessionId)
    await inTx.db.delete(sessions).where(and(eq(sessions.userId, account.id), isOther))
    await tell(inTx, account, 'on')
    return { recoveryCodes: await replaceRecoveryCodes(inTx, { userId: account.id, secret }) }
  })
}

/** Null when two factors are off. */
export const renewRecoveryCodes = (services: Parts, user: CurrentUser): Promise<string[] | null> =>
  withOwnAccount(services, user, async (inTx, account) => {
    const factor = await lockTwoFactor(inTx, account.id)
    if (!factor) return null
    await tell(inTx, account, 'new-codes')
    return replaceRecoveryCodes(inTx, { userId: account.id, secret: factor.secret })
  })

/** False when they were off. */
export const turnOffTwoFactor = (services: Parts, user: CurrentUser): Promise<boolean> =>
  withOwnAccount(services, user, async (inTx, account) => {
    const wasOn = await removeTwoFactor(inTx, account)
    if (wasOn) await tell(inTx, account, 'off')
    return wasOn
  })

interface OwnAccount {
  id: string
  email: string
  role: Role
}

/** AppError `unauthenticated` for a session that somebody ended meanwhile. */
const withOwnAccount = <T>(
  { db, now, config }: Parts,
  user: CurrentUser,
  verb: (inTx: InTx, account: OwnAccount) => Promise<T>,
): Promise<T> =>
  transact(db, async (tx) => {
    const { id, email, role } = users
    const [account] = await tx.select({ id, email, role }).from(users).where(eq(id, user.id)).for('update')
    if (!account || !(await isSessionOpen({ db: tx, now }, user)))
      throw new AppError('unauthenticated', 'Sign in to continue.')
    return verb({ db: tx, now, config }, account)
  })

const audited: Partial<Record<Change, AuditAction>> = {
  on: 'turn-two-factor-on',
  off: 'turn-two-factor-off',
}

/** On record where an administrator's account is concerned. */
async function tell(inTx: InTx, { id, email, role }: OwnAccount, change: Change): Promise<void> {
  await addJob(inTx, 'mail-two-factor', { email, change })
  const action = audited[change]
  const subject = { type: 'user', id } as const
  if (role === 'admin' && action) await recordAudit(inTx, { actorId: id, action, subject })
}
