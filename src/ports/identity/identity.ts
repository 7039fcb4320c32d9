/** Sign-in with Google: OpenID Connect code flow with PKCE. */
export interface Identity {
  /** The address to send the browser to, and what to keep in a cookie until it comes back. */
  begin(): { url: string; attempt: SignInAttempt }
  /** Trades the code for who the person is; checks issuer, audience, expiry and nonce. AppError `invalid` when the code or nonce is not good, `upstream` when Google does not answer. */
  finish(
    code: string,
    attempt: SignInAttempt,
    now: Date,
  ): Promise<{ person: GooglePerson; tokens: GoogleTokens }>
}

export interface SignInAttempt {
  state: string
  verifier: string
  nonce: string
}

export interface GooglePerson {
  sub: string
  email: string
  emailVerified: boolean
  name: string
  /** The Workspace domain that Google vouches for, if any. */
  hostedDomain: string | null
}

export interface GoogleTokens {
  accessToken: string
  refreshToken: string | null
  expiresAt: Date | null
}
