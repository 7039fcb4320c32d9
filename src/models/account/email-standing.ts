import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { users } from '../../db/schema'
import type { DbNow, Services } from '../../services'

/** The mail server of this address refuses it for good. */
export async function noteRefusedAddress({ db, now }: DbNow, email: string): Promise<void> {
  await db
    .update(users)
    .set({ emailRefusedAt: now() })
    .where(and(eq(users.email, email), isNull(users.emailRefusedAt)))
}

/** It has taken an email, so what it said before counts no more. */
export async function noteReachedAddress({ db }: Pick<Services, 'db'>, email: string): Promise<void> {
  await db
    .update(users)
    .set({ emailRefusedAt: null })
    .where(and(eq(users.email, email), isNotNull(users.emailRefusedAt)))
}

export async function isAddressRefused({ db }: Pick<Services, 'db'>, userId: string): Promise<boolean> {
  const [user] = await db.select({ at: users.emailRefusedAt }).from(users).where(eq(users.id, userId))
  return Boolean(user?.at)
}
