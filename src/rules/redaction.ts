const personal = new Set([
  'email',
  'contact',
  'name',
  'vpa',
  'card',
  'card_id',
  'bank_account',
  'customer',
  'customer_id',
  'ip',
])

/** A vendor's message as it may be kept: without what names or reaches a person. */
export function withoutPerson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPerson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      personal.has(key) && inner ? '[left out]' : withoutPerson(inner),
    ]),
  )
}
