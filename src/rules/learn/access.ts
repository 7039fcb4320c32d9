/** Why somebody may watch: it is theirs, they own the course, or everyone may. */
export type Admission = 'owner' | 'buyer' | 'preview'

/**
 * What a person gets of a chapter: an admission watches it, `locked` sees its title and how to buy, null is told that
 * there is no such page. Who bought keeps a course that is no longer on sale; a chapter that is not published is only
 * its instructor's. Nobody watches by being an administrator.
 */
export function accessTo(
  chapter: { isPublished: boolean; isFree: boolean },
  course: { ownerId: string; isPublished: boolean; archivedAt: Date | null },
  user: { id: string | null; owns: boolean },
): Admission | 'locked' | null {
  if (user.id !== null && user.id === course.ownerId) return 'owner'
  if (!chapter.isPublished) return null
  if (user.owns) return 'buyer'
  if (!course.isPublished || course.archivedAt) return null
  return chapter.isFree ? 'preview' : 'locked'
}
