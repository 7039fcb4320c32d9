const rank: Record<string, number> = { open: 1, under_review: 2, won: 3, lost: 3, closed: 3 }
const rankOf = (status: string) => rank[status] ?? 0

/** Events come in any order, and how a dispute ended stays so. */
export const isOlderDisputeNews = (known: string, told: string): boolean =>
  rankOf(told) < rankOf(known) || (rankOf(known) === 3 && told !== known)

/** Nothing follows these. */
export const endedDisputes = ['won', 'lost', 'closed']

export const isOpenDispute = (status: string): boolean => rankOf(status) < 3

/** One that was closed without a verdict, after the money was taken, is lost, too. */
export const isLostDispute = ({
  status,
  deductedPaise,
}: {
  status: string
  deductedPaise: number
}): boolean => status === 'lost' || (status === 'closed' && deductedPaise > 0)
