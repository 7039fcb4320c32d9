import { eq } from 'drizzle-orm'
import { attachments, courses, users } from '../db/schema'
import type { Services } from '../services'

/** AppError `upstream` while the store does not answer. */
export async function deleteUnusedFile(
  services: Pick<Services, 'db' | 'files'>,
  key: string,
): Promise<'deleted' | 'in use' | 'no store'> {
  if (await isInUse(services, key)) return 'in use'
  if (!services.files) return 'no store'
  await services.files.remove([key])
  return 'deleted'
}

async function isInUse({ db }: Pick<Services, 'db'>, key: string): Promise<boolean> {
  const uses = await Promise.all([
    db.select({ id: users.id }).from(users).where(eq(users.imageKey, key)).limit(1),
    db.select({ id: courses.id }).from(courses).where(eq(courses.imageKey, key)).limit(1),
    db.select({ id: attachments.id }).from(attachments).where(eq(attachments.fileKey, key)).limit(1),
  ])
  return uses.some((rows) => rows.length > 0)
}
