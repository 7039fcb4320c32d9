import { readFile } from 'node:fs/promises'
import { and, eq, isNull } from 'drizzle-orm'
import { transact } from '../../src/db/connect'
import { chapters, courses, muxData } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { openUpload } from '../../src/models/teach/video/upload'
import { searchWords } from '../../src/rules/catalogue/search'
import { slugFrom } from '../../src/rules/slug'
import { required, type Services } from '../../src/services'
import type { DemoChapter, DemoCourse } from '../demo/course'
import { demoClip, demoPicture } from '../demo/courses'

interface SeededCourse {
  id: string
  slug: string
}

/** Goes on where an earlier run stopped; publishing comes last, in `publishDemoCourse`. */
export async function seedCourse(
  services: Services,
  demo: DemoCourse,
  at: { ownerId: string; categoryId: string; createdAt: Date },
): Promise<SeededCourse> {
  const course = await findOrInsertCourse(services, demo, at)
  if (!course.imageKey) await storePicture(services, course.id, demo.picture)
  await Promise.all(
    demo.chapters.map((chapter, position) =>
      seedChapter(services, chapter, { courseId: course.id, ownerId: at.ownerId, position }),
    ),
  )
  return course
}

export async function publishDemoCourse(
  services: Services,
  demo: DemoCourse,
  course: SeededCourse,
  at: Date,
) {
  if (!demo.isPublished) return
  const isNew = and(eq(courses.id, course.id), isNull(courses.publishedAt))
  // In a transaction, so that the pages of whoever looks meanwhile are renewed.
  await transact(services.db, (tx) =>
    tx.update(courses).set({ isPublished: true, publishedAt: at }).where(isNew),
  )
}

async function findOrInsertCourse(
  { db }: Services,
  demo: DemoCourse,
  at: { ownerId: string; categoryId: string; createdAt: Date },
) {
  const slug = slugFrom(demo.title) || demo.key
  const [known] = await db.select().from(courses).where(eq(courses.slug, slug))
  if (known) return known
  const id = newId()
  await db.insert(courses).values({
    id,
    ownerId: at.ownerId,
    categoryId: at.categoryId,
    title: demo.title,
    slug,
    description: demo.description || null,
    searchWords: searchWords(demo.title, demo.description),
    outcomes: demo.outcomes.join('\n') || null,
    pricePaise: demo.priceRupees === null ? null : demo.priceRupees * 100,
    level: demo.level,
    createdAt: at.createdAt,
    updatedAt: at.createdAt,
  })
  return { id, slug, imageKey: null }
}

async function storePicture(services: Services, courseId: string, picture: string): Promise<void> {
  const bytes = await readFile(demoPicture(picture))
  const { key } = await required(services.files, 'Files').store({
    name: picture,
    type: 'image/webp',
    bytes,
    access: 'public',
  })
  await services.db.update(courses).set({ imageKey: key }).where(eq(courses.id, courseId))
}

async function seedChapter(
  services: Services,
  demo: DemoChapter,
  { courseId, ownerId, position }: { courseId: string; ownerId: string; position: number },
): Promise<void> {
  const { db } = services
  const isIt = and(eq(chapters.courseId, courseId), eq(chapters.position, position))
  const [known] = await db
    .select({ id: chapters.id, videoId: muxData.id })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(isIt)
  const id = known?.id ?? newId()
  if (!known) {
    const { title, description, isFree, isPublished } = demo
    await db.insert(chapters).values({ id, courseId, title, description, isFree, isPublished, position })
  }
  if (demo.clip && !known?.videoId) await uploadClip(services, { id, title: demo.title, ownerId }, demo.clip)
}

async function uploadClip(
  services: Services,
  chapter: { id: string; title: string; ownerId: string },
  clip: string,
): Promise<void> {
  const { url } = await openUpload(services, chapter)
  const body = await readFile(demoClip(clip))
  const response = await fetch(url, { method: 'PUT', headers: { 'Content-Type': 'video/mp4' }, body })
  if (!response.ok) throw new Error(`Uploading ${clip} was refused with status ${response.status}`)
}
