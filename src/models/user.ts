import { eq } from 'drizzle-orm'
import { users } from '../db/schema'
import type { Services } from '../services'

/** Gives a person another name of 1 to 100 characters. */
export async function renameUser({ db }: Pick<Services, 'db'>, userId: string, name: string): Promise<void> {
  await db.update(users).set({ name }).where(eq(users.id, userId))
}
