import { phoneNumber } from '../account/phone'
import { cleanText } from '../catalogue/filter'

export const orderStates = {
  paid: 'Paid',
  open: 'Open',
  declined: 'Declined',
  held: 'On hold',
  returned: 'Refunded',
  disputed: 'Disputed',
  abandoned: 'Never paid',
} as const
export type OrderStateFilter = keyof typeof orderStates

export interface OrderQuery {
  q?: string
  state?: OrderStateFilter
}

/** Whatever makes no sense is left out. */
export function readOrderQuery(parameters: URLSearchParams): OrderQuery {
  const state = parameters.get('state') ?? ''
  return {
    q: cleanText(parameters.get('q'), 100)?.replace(/\s+/g, ' '),
    state: Object.hasOwn(orderStates, state) ? (state as OrderStateFilter) : undefined,
  }
}

/** What typed words may be: an id or number, a phone number, words of a name or email address. */
export interface Sought {
  id: string | null
  phone: string | null
  words: string[]
}

const maxWords = 5

export function soughtBy(q: string): Sought {
  const bare = q.replace(/^#/, '')
  return {
    // Columns of keys are ASCII: anything else is no key.
    id: /^[\w/-]{4,64}$/.test(bare) ? bare : null,
    phone: /^[+\d\s().-]{8,}$/.test(q) ? phoneNumber(q) : null,
    words: q.split(' ').filter(Boolean).slice(0, maxWords),
  }
}
