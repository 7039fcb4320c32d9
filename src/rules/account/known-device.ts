import { daySeconds, later } from '../time'

export const deviceSeconds = 365 * daySeconds

const maxDevices = 20
const maxEmailsPerDay = 5

interface Device {
  id: string
  knownSince: Date
  lastUsedAt: Date
}

/** Not of the first, which came with the account; and who comes without cookies does not flood. */
export function isWorthAnEmail(known: readonly Device[], now: Date): boolean {
  const ofToday = known.filter(({ knownSince }) => knownSince > later(now, -daySeconds))
  return known.length > 0 && ofToday.length <= maxEmailsPerDay
}

/** Those that make room for one more: the ones that were not used for longest. */
export const outnumbered = <D extends Device>(devices: readonly D[]): D[] =>
  devices
    .toSorted((one, other) => other.lastUsedAt.getTime() - one.lastUsedAt.getTime())
    .slice(maxDevices - 1)
