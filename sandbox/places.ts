import { createHmac } from 'node:crypto'
import type { Place, Rehearsal, SandboxOptions } from './sandbox'

/** Where each place is met: at the vendor's name in a rehearsal, else below the part's base. */
export function addressesOf<Name extends string>(
  places: Record<Name, Place>,
  { base, rehearsal }: SandboxOptions,
): Record<Name, string> {
  const entries = Object.entries<Place>(places).map(([name, [vendor, path]]) => [
    name,
    rehearsal ? vendor : base + path,
  ])
  return Object.fromEntries(entries)
}

/** Hex digits that nobody guesses who does not know the secret; the same each time. */
export const derivedKey = ({ secret }: Rehearsal, name: string, length = 40): string =>
  createHmac('sha256', secret).update(name).digest('hex').slice(0, length)
