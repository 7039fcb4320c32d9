import type { OutgoingHttpHeaders } from 'node:http'

export interface Copy {
  /** Of what it shows. */
  version: string
  headers: OutgoingHttpHeaders
  etag: string
  body: Buffer
}

/** Keeps so many bytes; what was not asked for the longest time goes first. */
export function openStore(maxBytes: number) {
  const copies = new Map<string, Copy>()
  let bytes = 0

  const sizeOf = (key: string, { body }: Copy) => body.length + key.length + 1_000
  const drop = (key: string): void => {
    const copy = copies.get(key)
    if (!copy) return
    bytes -= sizeOf(key, copy)
    copies.delete(key)
  }

  return {
    bytes: () => bytes,
    find(key: string, version: string): Copy | null {
      const copy = copies.get(key)
      if (!copy) return null
      drop(key)
      if (copy.version !== version) return null
      keep(key, copy)
      return copy
    },
    keep,
  }

  function keep(key: string, copy: Copy): void {
    drop(key)
    copies.set(key, copy)
    bytes += sizeOf(key, copy)
    for (const oldest of copies.keys()) {
      if (bytes <= maxBytes) break
      drop(oldest)
    }
  }
}
