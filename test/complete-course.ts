import { eq } from 'drizzle-orm'
import { chapters, courses } from '../src/db/schema'
import { required } from '../src/services'
import { course, type Person, person } from './people'
import type { World } from './world'

/** An image that a browser can show. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A course with everything it needs, its instructor signed in: on sale, or never published. */
export async function completeCourse(world: World, given: Parameters<typeof course>[1] = {}) {
  const owner: Person = given.owner ?? (await person(world, { role: 'instructor', name: 'Meera Iyer' }))
  const made = await course(world, { ...given, owner })
  const { key: imageKey } = await required(world.services.files, 'Files').store({
    ...{ name: 'cover.png', type: 'image/png', access: 'public' },
    bytes: onePixel,
  })
  await world.services.db
    .update(courses)
    .set({ imageKey, ...(given.isPublished === false && { publishedAt: null }) })
    .where(eq(courses.id, made.id))
  const row = async () => (await world.services.db.select().from(courses).where(eq(courses.id, made.id)))[0]
  const order = async () =>
    (
      await world.services.db
        .select()
        .from(chapters)
        .where(eq(chapters.courseId, made.id))
        .orderBy(chapters.position)
    ).map(({ id }) => id)
  return {
    ...made,
    imageKey,
    owner,
    browser: owner.browser,
    row,
    order,
    ids: made.chapters.map(({ id }) => id),
  }
}
