import { isOnSale, type Sale } from '../catalogue/sale'

export type Admission = 'owner' | 'buyer' | 'preview'

/**
 * `locked` is its title and how to buy, null is not found; buyers keep a course that is off sale,
 * and administrators get nothing extra.
 */
export function accessTo(
  chapter: { isPublished: boolean; isFree: boolean },
  course: Sale & { ownerId: string },
  user: { id: string | null; owns: boolean },
): Admission | 'locked' | null {
  if (user.id !== null && user.id === course.ownerId) return 'owner'
  if (!chapter.isPublished) return null
  if (user.owns) return 'buyer'
  if (!isOnSale(course)) return null
  return chapter.isFree ? 'preview' : 'locked'
}

/** Files come with the course: for who teaches or purchased it, not for who watches a preview. */
export const mayDownload = (user: { isOwner: boolean; isPurchased: boolean }): boolean =>
  user.isOwner || user.isPurchased
