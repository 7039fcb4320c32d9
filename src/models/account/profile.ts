import { and, eq, isNull } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../../db/connect'
import { users } from '../../db/schema'
import type { StoredFile } from '../../ports/files/files'
import type { Limit } from '../../rules/limits'
import { hourSeconds } from '../../rules/time'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import { receiveOnce } from '../webhook-event'

export interface Profile {
  name?: string
  /** E.164; null for none. */
  phoneNumber?: string | null
}

/** Each number that is refused tells that another account has it. */
const numbersOfUser: Limit = {
  kind: 'phone-number-of-person',
  most: 10,
  windowSeconds: hourSeconds,
  message: 'You have changed your phone number often.',
}

/** AppError `limited` after ten other phone numbers an hour. */
export async function saveProfile(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
  { name, phoneNumber }: Profile,
): Promise<'saved' | 'phone-taken'> {
  if (name === undefined && phoneNumber === undefined) return 'saved'
  const { db } = services
  if (phoneNumber) {
    const [user] = await db.select({ phoneNumber: users.phoneNumber }).from(users).where(eq(users.id, userId))
    if (user?.phoneNumber !== phoneNumber) await countUp(services, numbersOfUser, userId)
  }
  try {
    await transact(db, (tx) => tx.update(users).set({ name, phoneNumber }).where(eq(users.id, userId)))
    return 'saved'
  } catch (error) {
    if (isDuplicate(error)) return 'phone-taken'
    throw error
  }
}

/** Once per file; when the user is gone meanwhile, the new file is deleted instead. */
export async function saveProfileImage(
  services: DbNow,
  userId: string,
  { key, size, type }: StoredFile,
): Promise<void> {
  const event = { source: 'uploadthing', id: key, type: 'avatar', payload: { key, size, type } } as const
  await receiveOnce(services, event, async (tx) => {
    if (await replaceProfileImage(tx, services, userId, key)) return 'kept'
    await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: key })
    return 'nobody to keep it for'
  })
}

export async function removeProfileImage(services: DbNow, userId: string): Promise<void> {
  await transact(services.db, (tx) => replaceProfileImage(tx, services, userId, null))
}

async function replaceProfileImage(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  userId: string,
  imageKey: string | null,
): Promise<boolean> {
  const [user] = await tx
    .select({ imageKey: users.imageKey })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.suspendedAt)))
    .for('update')
  if (!user) return false
  await tx.update(users).set({ imageKey }).where(eq(users.id, userId))
  if (user.imageKey) await addJob({ db: tx, now }, 'delete-file', { fileKey: user.imageKey })
  return true
}
