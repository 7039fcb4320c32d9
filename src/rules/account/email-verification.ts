/**
 * How somebody has shown that an account's address is theirs: by the mailed link in a browser that is signed in to the
 * account, with the account's password beside it, or with neither; by choosing a new password; or by Google.
 */
export type ProofWay = 'link-signed-in' | 'link-with-password' | 'link-alone' | 'reset' | 'google'

/** What an account loses; linked Google accounts always go. `other` sessions are those of every browser but this one. */
export interface Losses {
  password: boolean
  sessions: 'other' | 'all'
}

// Whoever registered the address need not be its owner. A password stays only if the owner has shown to know it.
const losses: Record<ProofWay, Losses> = {
  'link-signed-in': { password: false, sessions: 'other' },
  'link-with-password': { password: false, sessions: 'all' },
  'link-alone': { password: true, sessions: 'all' },
  reset: { password: true, sessions: 'all' },
  google: { password: true, sessions: 'all' },
}

/** What goes when an address is proved; null when it had been proved before, because then everything is its owner's. */
export const lossesOf = (way: ProofWay, wasVerified: boolean): Losses | null =>
  wasVerified ? null : losses[way]

/** What is known when somebody presses a button on the page that the mailed link opens. */
export interface LinkPress {
  wasVerified: boolean
  /** Whether this browser is signed in to the account that the link is about. */
  isSignedIn: boolean
  /** `keep` what this account has, as the page offers to who is signed in; or a `new` password. Undefined: the page was not asked. */
  choice: 'keep' | 'new' | undefined
  hasTypedPassword: boolean
}

/** The way in which pressing the button proves the address; `nothing` is left to prove, or `ask` once more because the session has ended meanwhile. */
export function wayOfLink(press: LinkPress): Extract<ProofWay, `link-${string}`> | 'nothing' | 'ask' {
  if (press.wasVerified) return 'nothing'
  if (press.choice === 'new') return 'link-alone'
  if (press.hasTypedPassword) return 'link-with-password'
  if (press.isSignedIn) return 'link-signed-in'
  return press.choice === 'keep' ? 'ask' : 'link-alone'
}
