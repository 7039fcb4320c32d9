export type VerificationMethod = 'link-signed-in' | 'link-with-password' | 'link-alone' | 'reset' | 'google'

/** `other` sessions are all but the current one. */
export interface RevokedAccess {
  password: boolean
  sessions: 'other' | 'all'
}

// Whoever registered the address may not own it: only a password that the owner knows is kept.
const revoked: Record<VerificationMethod, RevokedAccess> = {
  'link-signed-in': { password: false, sessions: 'other' },
  'link-with-password': { password: false, sessions: 'all' },
  'link-alone': { password: true, sessions: 'all' },
  reset: { password: true, sessions: 'all' },
  google: { password: true, sessions: 'all' },
}

/** What to revoke beside linked Google accounts; null when the address was verified before. */
export const revokedBy = (method: VerificationMethod, wasVerified: boolean): RevokedAccess | null =>
  wasVerified ? null : revoked[method]

export interface LinkConfirmation {
  wasVerified: boolean
  isSignedIn: boolean
  choice: 'keep' | 'new' | undefined
  hasTypedPassword: boolean
}

export function methodOfLink(
  link: LinkConfirmation,
): Extract<VerificationMethod, `link-${string}`> | 'already-verified' | 'session-ended' {
  if (link.wasVerified) return 'already-verified'
  if (link.choice === 'new') return 'link-alone'
  if (link.hasTypedPassword) return 'link-with-password'
  if (link.isSignedIn) return 'link-signed-in'
  return link.choice === 'keep' ? 'session-ended' : 'link-alone'
}
