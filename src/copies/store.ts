import type { OutgoingHttpHeaders } from 'node:http'

export interface Copy {
  /** Of what it shows. */
  version: string
  headers: OutgoingHttpHeaders
  etag: string
  body: Buffer
}

interface Limits {
  bytes: number
  /** Whoever writes past this application, such as its version before during an upgrade, makes no version. */
  ms: number
}

/** Keeps so many bytes; what was not asked for the longest time goes first. */
export function openStore(limits: Limits, now: () => number = () => performance.now()) {
  const copies = new Map<string, Copy & { keptAt: number }>()
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
      if (copy.version !== version || copy.keptAt + limits.ms < now()) return null
      put(key, copy)
      return copy
    },
    keep: (key: string, copy: Copy): void => put(key, { ...copy, keptAt: now() }),
  }

  function put(key: string, copy: Copy & { keptAt: number }): void {
    drop(key)
    copies.set(key, copy)
    bytes += sizeOf(key, copy)
    for (const oldest of copies.keys()) {
      if (bytes <= limits.bytes) break
      drop(oldest)
    }
  }
}
