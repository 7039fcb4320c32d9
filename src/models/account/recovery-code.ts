import { and, eq } from 'drizzle-orm'
import { hmacOf, newRecoveryCode } from '../../crypto'
import type { Transaction } from '../../db/connect'
import { recoveryCodes } from '../../db/schema'
import { recoveryCodeCount } from '../../rules/account/two-factor'
import type { Services } from '../../services'

type InTx = Pick<Services, 'now'> & { db: Transaction }

export interface CodeOwner {
  userId: string
  /** Of the authenticator app, opened. */
  secret: string
}

/** All earlier ones end; gives what is shown this once. The caller holds the user's row. */
export async function replaceRecoveryCodes(services: InTx, owner: CodeOwner): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  const { userId } = owner
  const createdAt = services.now()
  const rows = await Promise.all(
    codes.map(async (code) => ({ userId, codeHmac: await hmacFor(owner, code), createdAt })),
  )
  await services.db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await services.db.insert(recoveryCodes).values(rows)
  return codes
}

/** True for one of many who try the same at once. */
export async function useRecoveryCode({ db }: InTx, owner: CodeOwner, code: string): Promise<boolean> {
  const isIt = eq(recoveryCodes.codeHmac, await hmacFor(owner, code))
  const isTheirs = eq(recoveryCodes.userId, owner.userId)
  const [used] = await db.delete(recoveryCodes).where(and(isTheirs, isIt))
  return used.affectedRows === 1
}

/** Under the account's own secret, so that a new APP_SECRET leaves the codes on paper as they are. */
const hmacFor = ({ userId, secret }: CodeOwner, code: string) =>
  hmacOf(secret, `recovery-code:${userId}:${code}`)
