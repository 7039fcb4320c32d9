/** What `onSale` in models/access asks of the row. */
export interface Sale {
  isPublished: boolean
  archivedAt: Date | null
  suspendedAt: Date | null
}

/** Published by its instructor, not deleted, and not taken off sale by an administrator. */
export const isOnSale = ({ isPublished, archivedAt, suspendedAt }: Sale): boolean =>
  isPublished && archivedAt === null && suspendedAt === null
