import { isOnSale, type Sale } from '../catalogue/sale'

export type Admission = 'owner' | 'buyer' | 'preview'

/** Since when somebody owns the course without a break; null for who does not. */
interface Viewer {
  id: string | null
  ownedSince: Date | null
}

/**
 * `locked` is its title and how to buy, null is not found; buyers keep a course that is off sale,
 * and administrators get nothing extra.
 */
export function accessTo(
  chapter: { isPublished: boolean; isFree: boolean; withdrawnAt: Date | null },
  course: Sale & { ownerId: string },
  user: Viewer,
): Admission | 'locked' | null {
  if (user.id !== null && user.id === course.ownerId) return 'owner'
  if (!chapter.isPublished) return keepsWithdrawn(chapter, user) ? 'buyer' : null
  if (user.ownedSince) return 'buyer'
  if (!isOnSale(course)) return null
  return chapter.isFree ? 'preview' : 'locked'
}

/** What was sold stays sold: a lesson taken out of the course stays with who owned it before. */
const keepsWithdrawn = ({ withdrawnAt }: { withdrawnAt: Date | null }, { ownedSince }: Viewer): boolean =>
  withdrawnAt !== null && ownedSince !== null && ownedSince <= withdrawnAt

/** Files come with the course: for who teaches or purchased it, not for who watches a preview. */
export const mayDownload = (user: { isOwner: boolean; isPurchased: boolean }): boolean =>
  user.isOwner || user.isPurchased
