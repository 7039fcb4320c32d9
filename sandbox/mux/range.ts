export type Chunk =
  | { kind: 'whole' }
  /** `last` is the position of the last byte, as in the header. */
  | { kind: 'part'; first: number; last: number; total: number | null }
  | { kind: 'query'; total: number | null }

/** Null when it makes no sense; without a header the whole file. */
export function readContentRange(header: string | undefined): Chunk | null {
  if (!header) return { kind: 'whole' }
  const [, range, first, last, size] =
    /^bytes (\*|(\d{1,15})-(\d{1,15}))\/(\*|\d{1,15})$/.exec(header.trim()) ?? []
  if (!range || !size) return null
  const total = size === '*' ? null : Number(size)
  if (range === '*') return { kind: 'query', total }
  const part = { kind: 'part' as const, first: Number(first), last: Number(last), total }
  const sound = part.first <= part.last && (total === null || part.last < total)
  return sound ? part : null
}

/** Both ends included; 'all' for none or one that may be ignored, null when it cannot be met. */
export function readRange(
  header: string | undefined,
  size: number,
): { first: number; last: number } | 'all' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'all'
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first <= last && first < size ? { first, last } : null
}
