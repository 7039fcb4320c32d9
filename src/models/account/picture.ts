import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { users } from '../../db/schema'
import type { StoredFile } from '../../ports/files/files'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { receiveOnce } from '../webhook-event'

/**
 * Makes an uploaded file this person's picture; the old one is deleted by a job. A file counts once: told again, even when another
 * picture has taken its place since, it changes nothing. Where the person is gone meanwhile, the new file is deleted instead.
 */
export async function keepPicture(
  services: DbNow,
  userId: string,
  { key, size, type }: StoredFile,
): Promise<void> {
  const event = { source: 'uploadthing', id: key, type: 'avatar', payload: { key, size, type } } as const
  await receiveOnce(services, event, async (tx) => {
    if (await replacePicture(tx, services, userId, key)) return 'kept'
    await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: key })
    return 'nobody to keep it for'
  })
}

/** Takes the picture off; harmless when there is none. */
export async function removePicture(services: DbNow, userId: string): Promise<void> {
  await transact(services.db, (tx) => replacePicture(tx, services, userId, null))
}

/** Gives false when the person is gone. */
async function replacePicture(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  userId: string,
  imageKey: string | null,
): Promise<boolean> {
  const [person] = await tx
    .select({ imageKey: users.imageKey })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.suspendedAt)))
    .for('update')
  if (!person) return false
  await tx.update(users).set({ imageKey }).where(eq(users.id, userId))
  if (person.imageKey) await addJob({ db: tx, now }, 'delete-file', { fileKey: person.imageKey })
  return true
}
