import { eq } from 'drizzle-orm'
import { categories, users } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { hashPassword } from '../../src/models/account/password'
import { slugFrom } from '../../src/rules/slug'
import type { Services } from '../../src/services'
import { demoCategories } from '../demo/courses'
import { demoPassword, demoPeople } from '../demo/people'

export async function seedPeople({ db, now }: Services): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { email, name, role } of demoPeople) {
    const [known] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
    const id = known?.id ?? newId()
    ids.set(email, id)
    if (known) continue
    const passwordHash = await hashPassword(demoPassword)
    await db
      .insert(users)
      .values({ id, email, name, role, passwordHash, emailVerifiedAt: now(), createdAt: now() })
  }
  return ids
}

export async function seedCategories({ db, now }: Services): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const name of demoCategories) {
    const slug = slugFrom(name)
    const [known] = await db.select({ id: categories.id }).from(categories).where(eq(categories.slug, slug))
    const id = known?.id ?? newId()
    ids.set(name, id)
    if (!known) await db.insert(categories).values({ id, name, slug, createdAt: now() })
  }
  return ids
}
