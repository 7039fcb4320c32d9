import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { type Role, twoFactors, users } from '../../db/schema'
import { secondStepSeconds, type TypedCode } from '../../rules/account/two-factor'
import type { Limit } from '../../rules/limits'
import { minuteSeconds } from '../../rules/time'
import type { Services, TxNow } from '../../services'
import { recordAudit } from '../audit'
import { addJob } from '../job'
import { countUp, forgetCount, refuseOverLimit } from '../limit'
import type { NewDevice } from './known-device'
import { useRecoveryCode } from './recovery-code'
import { securityEvent } from './security-event'
import { type Client, replaceSession } from './session'
import { countRecoveryCodes, hasTwoFactor, lockTwoFactor, stepOfCode } from './two-factor'
import { consumeToken, createToken, findToken } from './verification-token'

type Parts = Pick<Services, 'db' | 'now' | 'config'>
type InTx = Omit<Parts, 'db'> & { db: Transaction }

/** A session, or with two factors the right to enter a code within ten minutes: no session yet. */
export type Admission = { token: string } | { secondStep: string }

/** For whom the first factor was right; the caller holds the user's row. */
export async function admit(
  services: TxNow,
  { id, email }: { id: string; email: string },
  client: Client,
  newDevice: NewDevice = 'announced',
): Promise<Admission> {
  if (!(await hasTwoFactor(services, id)))
    return { token: await replaceSession(services, id, client, newDevice) }
  return { secondStep: await createToken(services, 'second-step', email, secondStepSeconds) }
}

/** The email address whose sign-in waits for a code; null when it took too long, or was ended. */
export const findSecondStep = (services: TxNow, secondStep: string): Promise<string | null> =>
  findToken(services, 'second-step', secondStep)

/** Only who has the first factor can use it up, so no stranger locks anybody out. */
const perAccount = ({ config }: Parts): Limit => ({
  kind: 'code-of-account',
  most: config.LIMIT_WRONG_CODES_PER_ACCOUNT,
  windowSeconds: 15 * minuteSeconds,
  hasGrowingPauses: true,
  message: 'Too many wrong codes.',
})

export type SecondStepRefusal = 'expired' | 'suspended' | 'wrong-code' | 'used-code'
export type SecondStepResult<R extends string = never> =
  | { token: string; recoveryCodesLeft: number | null }
  | { refusal: SecondStepRefusal | R }

/** Each code works once; AppError `limited` after too many wrong ones for this account. */
export async function finishSignIn<R extends string = never>(
  services: Parts,
  { secondStep, typed }: { secondStep: string; typed: TypedCode },
  client: Client,
  beforeSession?: (tx: Transaction, userId: string) => Promise<R | null>,
): Promise<SecondStepResult<R>> {
  const email = await findSecondStep(services, secondStep)
  const [known] = email
    ? await services.db.select({ id: users.id }).from(users).where(eq(users.email, email))
    : []
  if (!known) return { refusal: 'expired' }
  const limit = perAccount(services)
  await refuseOverLimit(services, limit, known.id)
  // Counted before it is compared: of many guesses sent at once, so many are compared.
  await countUp(services, limit, known.id)
  const result = await transact(services.db, async (tx): Promise<SecondStepResult<R>> => {
    const inTx = { ...services, db: tx }
    const user = await lockUser(tx, known.id)
    if (!user || !(await findSecondStep(inTx, secondStep))) return { refusal: 'expired' }
    if (user.suspendedAt) return { refusal: 'suspended' }
    const taken = await takeCode(inTx, user, typed)
    if (taken !== 'taken') return { refusal: taken }
    const refusal = await beforeSession?.(tx, user.id)
    if (refusal) return { refusal }
    if (!(await consumeToken(inTx, 'second-step', secondStep))) return { refusal: 'expired' }
    const recoveryCodesLeft = typed.kind === 'recovery' ? await tellOfRecovery(inTx, user, client) : null
    return { token: await replaceSession(inTx, user.id, client), recoveryCodesLeft }
  })
  if ('token' in result) await forgetCount(services, limit, known.id)
  return result
}

interface LockedUser {
  id: string
  email: string
  role: Role
  suspendedAt: Date | null
}

async function lockUser(tx: Transaction, userId: string): Promise<LockedUser | null> {
  const { id, email, role, suspendedAt } = users
  const [user] = await tx
    .select({ id, email, role, suspendedAt })
    .from(users)
    .where(eq(id, userId))
    .for('update')
  return user ?? null
}

async function takeCode(
  services: InTx,
  { id }: LockedUser,
  { kind, code }: TypedCode,
): Promise<'taken' | SecondStepRefusal> {
  const factor = await lockTwoFactor(services, id)
  if (!factor) return 'expired'
  const owner = { userId: id, secret: factor.secret }
  if (kind === 'recovery') return (await useRecoveryCode(services, owner, code)) ? 'taken' : 'wrong-code'
  const step = await stepOfCode(services, factor.secret, code)
  if (step === null) return 'wrong-code'
  if (step <= factor.lastStep) return 'used-code'
  await services.db.update(twoFactors).set({ lastStep: step }).where(eq(twoFactors.userId, id))
  return 'taken'
}

async function tellOfRecovery(
  services: InTx,
  { id, email, role }: LockedUser,
  client: Client,
): Promise<number> {
  const left = await countRecoveryCodes(services, id)
  const used = { change: 'recovery-code', codesLeft: String(left), ...securityEvent(services, client) }
  await addJob(services, 'mail-two-factor', { email, ...used })
  const subject = { type: 'user', id } as const
  if (role === 'admin') await recordAudit(services, { actorId: id, action: 'use-recovery-code', subject })
  return left
}
