import { eq } from 'drizzle-orm'
import { isDuplicate } from '../../db/connect'
import { users } from '../../db/schema'
import type { Services } from '../../services'

/** What a person says about themselves; what is undefined stays. */
export interface Profile {
  /** 1 to 100 characters. */
  name?: string
  /** E.164, nobody else's; null for none. */
  phoneNumber?: string | null
}

/** Keeps a profile. "phone taken" says that somebody else has the number; then nothing is changed. */
export async function saveProfile(
  { db }: Pick<Services, 'db'>,
  userId: string,
  { name, phoneNumber }: Profile,
): Promise<'saved' | 'phone taken'> {
  if (name === undefined && phoneNumber === undefined) return 'saved'
  try {
    await db.update(users).set({ name, phoneNumber }).where(eq(users.id, userId))
    return 'saved'
  } catch (error) {
    if (isDuplicate(error)) return 'phone taken'
    throw error
  }
}
