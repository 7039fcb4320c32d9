import { eq } from 'drizzle-orm'
import { categories, chapters, courses, muxData, purchases, type Role, users } from '../src/db/schema'
import { newId } from '../src/ids'
import { openSession } from '../src/models/account/session'
import { searchWords } from '../src/rules/catalogue/search'
import type { BrowserSession } from './browser-session'
import type { World } from './world'

export interface Person {
  id: string
  email: string
  name: string
  browser: BrowserSession
}

/** Somebody new with a browser that is signed in; has no password. */
export async function person(
  world: World,
  given: { role?: Role; name?: string; isVerified?: boolean } = {},
): Promise<Person> {
  const id = newId()
  const email = `${id}@people.example.com`
  const name = given.name ?? 'Asha Verma'
  const now = world.services.now()
  await world.services.db.insert(users).values({
    id,
    email,
    name,
    role: given.role ?? 'student',
    emailVerifiedAt: given.isVerified === false ? null : now,
    createdAt: now,
  })
  const browser = world.browser()
  browser.cookies.set('session', await openSession(world.services, id, 'Test browser'))
  return { id, email, name, browser }
}

export interface Course {
  id: string
  slug: string
  title: string
  pricePaise: number
  chapters: { id: string; title: string; playbackId: string }[]
}

/** A course on sale whose chapters have videos; the first `previews` of them are free. */
export async function course(
  world: World,
  given: {
    owner?: Person
    title?: string
    description?: string
    pricePaise?: number
    chapters?: number
    previews?: number
    isPublished?: boolean
    categoryId?: string
  } = {},
): Promise<Course> {
  const { db, now } = world.services
  const owner = given.owner ?? (await person(world, { role: 'instructor', name: 'Meera Iyer' }))
  const id = newId()
  const made = {
    id,
    slug: `course-${id}`,
    title: given.title ?? 'Queues from first principles',
    pricePaise: given.pricePaise ?? 49_900,
  }
  const description = given.description ?? 'What waits, and for how long.'
  await db.insert(courses).values({
    ...made,
    ownerId: owner.id,
    categoryId: given.categoryId ?? (await category(world)),
    description,
    searchWords: searchWords(made.title, description),
    imageKey: null,
    isPublished: given.isPublished ?? true,
    lessonCount: given.chapters ?? 2,
    lessonSeconds: (given.chapters ?? 2) * 60,
    publishedAt: now(),
    createdAt: now(),
    updatedAt: now(),
  })
  const list = Array.from({ length: given.chapters ?? 2 }, (_, position) => ({
    id: newId(),
    courseId: id,
    title: `Lesson ${position + 1}`,
    description: `About lesson ${position + 1}.`,
    position,
    isPublished: true,
    isFree: position < (given.previews ?? 0),
    playbackId: `playback-${newId()}`,
  }))
  if (list.length > 0) {
    await db.insert(chapters).values(list.map(({ playbackId: _, ...chapter }) => chapter))
    await db.insert(muxData).values(
      list.map((chapter) => ({
        id: newId(),
        chapterId: chapter.id,
        assetId: `asset-${chapter.id}`,
        playbackId: chapter.playbackId,
        durationSeconds: 60,
      })),
    )
  }
  return { ...made, chapters: list.map(({ id, title, playbackId }) => ({ id, title, playbackId })) }
}

/** Gives the course away, as a free join does. */
export async function give(world: World, student: Person, owned: Course): Promise<void> {
  await world.services.db.insert(purchases).values({
    id: newId(),
    userId: student.id,
    courseId: owned.id,
    pricePaise: 0,
    createdAt: world.services.now(),
  })
}

async function category(world: World): Promise<string> {
  const [found] = await world.services.db
    .select({ id: categories.id })
    .from(categories)
    .where(eq(categories.slug, 'testing'))
  if (found) return found.id
  const id = newId()
  await world.services.db.insert(categories).values({ id, name: 'Testing', slug: 'testing' })
  return id
}
