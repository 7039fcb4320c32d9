import { and, count, eq, max } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { chapters, muxData } from '../../db/schema'
import { newId } from '../../ids'
import { type ChapterNeed, missingOfChapter } from '../../rules/teach/publishing'
import type { DbNow, Services } from '../../services'
import { type CourseKey, findOwnChapter, lockOwnChapter, lockOwnCourse, type OwnChapter } from './own-course'
import { countOwners, unpublishEmptyCourse, type Withdrawal, withdrawChapter } from './publishing'
import { removeVideosOf } from './video/video'

export const maxChapters = 300

export type TeachChapter = Pick<
  OwnChapter,
  'id' | 'title' | 'description' | 'isPublished' | 'withdrawnAt' | 'isFree'
> & {
  course: { id: string; slug: string; title: string }
  missing: ChapterNeed[]
}

export async function findTeachChapter(
  services: Pick<Services, 'db'>,
  { id: courseId, ownerId }: CourseKey,
  chapterId: string,
): Promise<TeachChapter> {
  const { course, chapter } = await findOwnChapter(services, ownerId, courseId, chapterId)
  const [video] = await services.db
    .select({ id: muxData.id })
    .from(muxData)
    .where(eq(muxData.chapterId, chapterId))
  const { id, title, description, isPublished, withdrawnAt, isFree } = chapter
  return {
    ...{ id, title, description, isPublished, withdrawnAt, isFree },
    course: { id: courseId, slug: course.slug, title: course.title },
    missing: missingOfChapter({ title, description, hasVideo: video !== undefined }),
  }
}

/** Gives its id; null when the course has as many chapters as it can. */
export const addChapter = (services: DbNow, course: CourseKey, title: string): Promise<string | null> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, course)
    const [last] = await tx
      .select({ position: max(chapters.position), n: count() })
      .from(chapters)
      .where(eq(chapters.courseId, course.id))
    if ((last?.n ?? 0) >= maxChapters) return null
    const id = newId()
    const now = services.now()
    await tx.insert(chapters).values({
      id,
      courseId: course.id,
      title,
      position: (last?.position ?? -1) + 1,
      createdAt: now,
      updatedAt: now,
    })
    return id
  })

export interface ChapterChange {
  title?: string
  /** Markdown; null for none. */
  description?: string | null
  isFree?: boolean
}

/** `needed`: a published chapter would be left without its description. */
export const changeChapter = (
  services: DbNow,
  { course, chapter }: { course: CourseKey; chapter: Pick<OwnChapter, 'id'> },
  { title, description, isFree }: ChapterChange,
): Promise<'saved' | 'needed'> =>
  transact(services.db, async (tx) => {
    const { isPublished } = await lockOwnChapter(tx, course, chapter)
    if (isPublished && description === null) return 'needed'
    await tx
      .update(chapters)
      .set({ title, description, isFree, updatedAt: services.now() })
      .where(and(eq(chapters.id, chapter.id), eq(chapters.courseId, course.id)))
    return 'saved'
  })

/** A lesson that somebody has bought is withdrawn instead: only an administrator erases it. */
export const deleteChapter = (
  services: DbNow,
  course: CourseKey,
  chapter: Pick<OwnChapter, 'id'>,
): Promise<Withdrawal> =>
  transact(services.db, async (tx) => {
    const { isPublished, withdrawnAt } = await lockOwnChapter(tx, course, chapter)
    const keepers = isPublished || withdrawnAt ? await countOwners(tx, course.id) : 0
    if (keepers === 0) {
      await removeVideosOf(tx, services, [chapter.id])
      await tx.delete(chapters).where(eq(chapters.id, chapter.id))
    } else if (isPublished) await withdrawChapter(tx, services, { ...chapter, keepers })
    return { keepers, courseUnpublished: await unpublishEmptyCourse(tx, services, course.id) }
  })
