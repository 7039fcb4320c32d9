import { Badge } from '../parts/text'

interface State {
  state: string
  outcome: string | null
  lastError: string | null
}

/** How an order stands, in a word or two. */
export function OrderBadge({ state, outcome, lastError }: State) {
  if (outcome === 'held') return <Badge kind="danger">On hold</Badge>
  if (outcome === 'lost') return <Badge kind="danger">Lost in a dispute</Badge>
  if (outcome === 'returning') return <Badge>Refund on its way</Badge>
  if (outcome === 'returned') return <Badge>Refunded</Badge>
  if (state === 'paid') return <Badge kind="success">Paid</Badge>
  if (state === 'duplicate') return <Badge>Paid twice</Badge>
  if (state === 'abandoned') return <Badge>Never paid</Badge>
  return lastError ? <Badge kind="danger">Declined</Badge> : <Badge kind="accent">Open</Badge>
}

const outcomes = {
  granted: ['Course given', 'success'],
  held: ['On hold', 'danger'],
  returning: ['Refund on its way', undefined],
  returned: ['Refunded', undefined],
  lost: ['Lost in a dispute', 'danger'],
} as const
export const outcomeNames = Object.fromEntries(
  Object.entries(outcomes).map(([outcome, [name]]) => [outcome, name]),
)

export function OutcomeBadge({ outcome, status }: { outcome: keyof typeof outcomes | null; status: string }) {
  if (outcome === null) return <Badge>{status === 'failed' ? 'Declined' : status}</Badge>
  const [name, kind] = outcomes[outcome]
  return <Badge kind={kind}>{name}</Badge>
}
