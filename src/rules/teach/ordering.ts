/** Unchanged at the ends; null for an id that is not in it. */
export function stepped(order: string[], id: string, step: 'up' | 'down'): string[] | null {
  const from = order.indexOf(id)
  const to = step === 'up' ? from - 1 : from + 1
  if (from === -1) return null
  const other = order[to]
  if (other === undefined) return order
  const moved = [...order]
  moved[to] = id
  moved[from] = other
  return moved
}

/** Null unless it holds exactly the ids of the current order, each once. */
export function reordered(current: string[], wanted: string[]): string[] | null {
  const known = new Set(current)
  const isPermutation =
    wanted.length === known.size &&
    new Set(wanted).size === wanted.length &&
    wanted.every((id) => known.has(id))
  return isPermutation ? wanted : null
}
