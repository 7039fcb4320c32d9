/** What Google says about a person's address. */
export interface GoogleAddress {
  email: string
  emailVerified: boolean
  /** The Workspace domain, if the address belongs to one. */
  hostedDomain: string | null
}

/** An account of ours with the same address. */
export interface SameAddressAccount {
  isVerified: boolean
  /** Somebody already signs in to it with a Google account, and it is not this one. */
  hasOtherGoogle: boolean
}

/**
 * `create` a new account, `link` to the one with this address, `take-over` that one without its password and sessions, ask
 * its holder to `prove` the password first, or `refuse` an address that Google has not verified.
 */
export type Linking = 'create' | 'link' | 'take-over' | 'prove' | 'refuse'

/** Google hands out the address itself, so whoever signs in holds it today. Elsewhere it was confirmed once, and may have changed hands. */
export const isVouchedFor = ({ email, emailVerified, hostedDomain }: GoogleAddress): boolean =>
  emailVerified && (hostedDomain !== null || email.toLowerCase().endsWith('@gmail.com'))

/** Whether Google has verified that the person's address here is theirs. */
export const isSameAddress = (google: GoogleAddress, email: string): boolean =>
  google.emailVerified && google.email.toLowerCase() === email

/** What happens to a Google account that nobody has used here yet. `existing` has the same address; null when there is none. */
export function linkingOf(google: GoogleAddress, existing: SameAddressAccount | null): Linking {
  if (!google.emailVerified) return 'refuse'
  if (!existing) return 'create'
  // Whoever registered the address without proving it may be waiting for its owner.
  if (!existing.isVerified) return 'take-over'
  // The same address under another Google account is most likely another person: offices hand addresses on.
  return isVouchedFor(google) && !existing.hasOtherGoogle ? 'link' : 'prove'
}

const longestName = 100

/** The name to begin with: Google's on one line, at most 100 characters; without one, what stands before the @. */
export function nameFromGoogle({ name, email }: { name: string; email: string }): string {
  const line = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return [...(line || email.slice(0, email.indexOf('@')))].slice(0, longestName).join('').trim()
}
