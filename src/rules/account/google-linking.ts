export interface GoogleEmail {
  email: string
  emailVerified: boolean
  hostedDomain: string | null
}

export interface ExistingAccount {
  isVerified: boolean
  hasOtherGoogle: boolean
}

/** `take-over` links an account after removing its password and sessions. */
export type LinkingDecision = 'create' | 'link' | 'take-over' | 'ask-password' | 'refuse'

/** Google hands out these addresses; any other was confirmed once and may have changed hands. */
export const isIssuedByGoogle = ({ email, emailVerified, hostedDomain }: GoogleEmail): boolean =>
  emailVerified && (hostedDomain !== null || email.toLowerCase().endsWith('@gmail.com'))

export const isSameEmail = (google: GoogleEmail, email: string): boolean =>
  google.emailVerified && google.email.toLowerCase() === email

/** `existing` has the same email address. */
export function decideLinking(google: GoogleEmail, existing: ExistingAccount | null): LinkingDecision {
  if (!google.emailVerified) return 'refuse'
  if (!existing) return 'create'
  // Whoever registered the address without verifying it may be waiting for its owner.
  if (!existing.isVerified) return 'take-over'
  // Two Google accounts with one address are most likely two people: companies reassign addresses.
  return isIssuedByGoogle(google) && !existing.hasOtherGoogle ? 'link' : 'ask-password'
}

const maxNameLength = 100

/** At most 100 characters: Google's name, or else what stands before the @. */
export function nameFromGoogle({ name, email }: { name: string; email: string }): string {
  const oneLine = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return [...(oneLine || email.slice(0, email.indexOf('@')))].slice(0, maxNameLength).join('').trim()
}
