/** Sign-in with Google: OpenID Connect code flow with PKCE. */
export interface Identity {
  /** The URL to send the browser to, and what to keep in a cookie until it comes back. */
  begin(): { url: string; attempt: SignInAttempt }
  /**
   * Trades the code for who has signed in; checks issuer, audience, expiry and nonce. AppError
   * `invalid` for a bad code or nonce, `upstream` when Google does not answer.
   */
  finish(code: string, attempt: SignInAttempt, now: Date): Promise<GoogleIdentity>
}

export interface SignInAttempt {
  state: string
  verifier: string
  nonce: string
}

export interface GoogleIdentity {
  profile: GoogleProfile
  tokens: GoogleTokens
}

export interface GoogleProfile {
  sub: string
  email: string
  emailVerified: boolean
  name: string
  /** The Workspace domain of the address, if any. */
  hostedDomain: string | null
}

export interface GoogleTokens {
  accessToken: string
  refreshToken: string | null
  expiresAt: Date | null
}
