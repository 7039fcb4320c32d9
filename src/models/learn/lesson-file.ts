import { and, asc, eq, isNull, or } from 'drizzle-orm'
import { attachments, courses, purchases } from '../../db/schema'
import { isId } from '../../ids'
import { isSlug } from '../../rules/slug'
import type { Services } from '../../services'

export type LessonFile = Awaited<ReturnType<typeof listLessonFiles>>[number]

/** The files that come with a course, by name; for who has been admitted to it. */
export const listLessonFiles = (services: Pick<Services, 'db'>, courseId: string) =>
  services.db
    .select({ id: attachments.id, name: attachments.name, sizeBytes: attachments.sizeBytes })
    .from(attachments)
    .where(eq(attachments.courseId, courseId))
    .orderBy(asc(attachments.name), asc(attachments.id))

/** A file of a course for its teacher and who owns it; null for everyone else. */
export async function findLessonFile(
  services: Pick<Services, 'db'>,
  viewerId: string,
  slug: string,
  id: string,
): Promise<{ fileKey: string } | null> {
  if (!isId(id) || !isSlug(slug)) return null
  const [row] = await services.db
    .select({ fileKey: attachments.fileKey })
    .from(attachments)
    .innerJoin(courses, eq(courses.id, attachments.courseId))
    .leftJoin(
      purchases,
      and(eq(purchases.courseId, courses.id), eq(purchases.userId, viewerId), isNull(purchases.revokedAt)),
    )
    .where(
      and(
        eq(attachments.id, id),
        eq(courses.slug, slug),
        or(eq(courses.ownerId, viewerId), eq(purchases.userId, viewerId)),
      ),
    )
  return row ?? null
}
