/** What Google says about somebody's email address. */
export interface GoogleEmail {
  email: string
  emailVerified: boolean
  /** The Workspace domain, if the address belongs to one. */
  hostedDomain: string | null
}

/** An account of ours with the same email address. */
export interface ExistingAccount {
  isVerified: boolean
  /** Another Google account is linked to it. */
  hasOtherGoogle: boolean
}

/** `take-over` links an account after removing its password and sessions. */
export type LinkingDecision = 'create' | 'link' | 'take-over' | 'ask-password' | 'refuse'

/**
 * Whether Google itself hands out the address, so that whoever signs in holds it today. Any other
 * address was confirmed once and may have changed hands.
 */
export const isIssuedByGoogle = ({ email, emailVerified, hostedDomain }: GoogleEmail): boolean =>
  emailVerified && (hostedDomain !== null || email.toLowerCase().endsWith('@gmail.com'))

/** Whether Google has verified that `email` belongs to the user. */
export const isSameEmail = (google: GoogleEmail, email: string): boolean =>
  google.emailVerified && google.email.toLowerCase() === email

/** What to do with a Google account that is new here; `existing` has the same email address. */
export function decideLinking(google: GoogleEmail, existing: ExistingAccount | null): LinkingDecision {
  if (!google.emailVerified) return 'refuse'
  if (!existing) return 'create'
  // Whoever registered the address without verifying it may be waiting for its owner.
  if (!existing.isVerified) return 'take-over'
  // Two Google accounts with one address are most likely two people: companies reassign addresses.
  return isIssuedByGoogle(google) && !existing.hasOtherGoogle ? 'link' : 'ask-password'
}

const maxNameLength = 100

/** A name for a new account, at most 100 characters: Google's, or else what stands before the @. */
export function nameFromGoogle({ name, email }: { name: string; email: string }): string {
  const oneLine = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  return [...(oneLine || email.slice(0, email.indexOf('@')))].slice(0, maxNameLength).join('').trim()
}
