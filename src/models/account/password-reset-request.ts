import { and, desc, eq, lte, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { passwordResetRequests, verificationTokens } from '../../db/schema'
import { newId } from '../../ids'
import { linkSeconds } from '../../rules/account/otp'
import { type Limit, networkOf } from '../../rules/limits'
import { daySeconds, hourMs, hourSeconds, later } from '../../rules/time'
import type { Services } from '../../services'
import { addJob } from '../job'
import { countUp, forgetCount, tryCount } from '../limit'
import type { CodeRequest } from './password-reset-code'
import type { Client } from './session'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

const perNetwork = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'password-reset-of-network',
  most: config.LIMIT_RESETS_PER_HOUR,
  windowSeconds: hourSeconds,
  message: 'Too many password resets have been requested from your network.',
})

const perDay = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'password-reset-of-address',
  most: config.LIMIT_RESET_MAILS_PER_DAY,
  windowSeconds: daySeconds,
  message: 'Too many emails have been requested.',
})

/**
 * False when the newest link lives on instead; AppError `unavailable` when codes cannot be stored,
 * `limited` when this network asks too often.
 */
export async function requestPasswordReset(
  services: Parts & Pick<Services, 'otp'>,
  { email, nonce }: CodeRequest,
  { ip }: Pick<Client, 'ip'>,
): Promise<boolean> {
  await countUp(services, perNetwork(services), networkOf(ip))
  await services.otp?.ping()
  const mayEmail = (await countInHour(services, email)) && (await tryCount(services, perDay(services), email))
  if (mayEmail) await addJob(services, 'mail-password-reset', { email, nonce })
  else await extendNewestLink(services, email)
  return mayEmail
}

export async function clearResetRequests(services: Parts, email: string): Promise<void> {
  await services.db.delete(passwordResetRequests).where(eq(passwordResetRequests.email, email))
  await forgetCount(services, perDay(services), email)
}

async function countInHour(services: Parts, email: string): Promise<boolean> {
  const most = services.config.LIMIT_RESET_MAILS_PER_HOUR
  const now = services.now().getTime()
  const { count, lastReset } = passwordResetRequests
  const isOver = lte(lastReset, now - hourMs)
  const counted = await transact(services.db, async (tx) => {
    await tx
      .insert(passwordResetRequests)
      .values({ id: newId(), email, count: 1, lastReset: now })
      .onDuplicateKeyUpdate({
        // The count goes first: it asks when the old window began.
        set: {
          count: sql`if(${isOver}, 1, least(${count} + 1, ${most + 1}))`,
          lastReset: sql`if(${isOver}, ${now}, ${lastReset})`,
        },
      })
    const [row] = await tx
      .select({ count })
      .from(passwordResetRequests)
      .where(eq(passwordResetRequests.email, email))
    return row?.count ?? 1
  })
  return counted <= most
}

/**
 * Whoever keeps asking in somebody's name uses up their emails; the newest one must then do. One
 * statement, so that an address without a link takes as long.
 */
async function extendNewestLink({ db, now }: Parts, email: string): Promise<void> {
  await db
    .update(verificationTokens)
    .set({ expiresAt: later(now(), linkSeconds) })
    .where(and(eq(verificationTokens.identifier, email), eq(verificationTokens.purpose, 'reset-link')))
    .orderBy(desc(verificationTokens.createdAt))
    .limit(1)
}
