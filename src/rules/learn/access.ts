/** Why somebody may watch: they teach the course, bought it, or everyone may. */
export type Admission = 'owner' | 'buyer' | 'preview'

/**
 * What a user gets of a chapter: an admission to watch it, `locked` (its title and how to buy), or
 * null (not found). Buyers keep a course that is off sale; drafts are the instructor's alone, and
 * administrators get nothing extra.
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
