/** OpenID Connect code flow with PKCE. */
export interface Identity {
  /** A cheap question; it does not prove the client's secret, which only a sign-in needs. */
  ping(signal: AbortSignal): Promise<void>
  /** `attempt` is kept in a cookie until the browser comes back. */
  begin(): { url: string; attempt: SignInAttempt }
  /** AppError `invalid` for a bad code or nonce, `upstream` when Google does not answer. */
  finish(code: string, attempt: SignInAttempt, now: Date): Promise<GoogleIdentity>
}

interface SignInAttempt {
  state: string
  verifier: string
  nonce: string
}

export interface GoogleIdentity {
  profile: GoogleProfile
  tokens: GoogleTokens
}

interface GoogleProfile {
  sub: string
  email: string
  emailVerified: boolean
  name: string
  /** Null when the address belongs to no Workspace. */
  hostedDomain: string | null
}

export interface GoogleTokens {
  accessToken: string
  refreshToken: string | null
  expiresAt: Date | null
}
