import { Hono } from 'hono'
import { AppError } from '../../errors'
import { log } from '../../log'
import type { GoogleIdentity } from '../../models/account/google-account'
import { checkGoogleLink } from '../../models/account/google-link'
import { signInWithGoogle } from '../../models/account/google-sign-in'
import { paths } from '../../paths'
import { required } from '../../services'
import { clientOf } from '../../web/client'
import { type AppContext, type Env, requestOf } from '../../web/env'
import { safeNext } from '../../web/forms'
import { type Attempt, takeAttempt, writeAttempt, writePendingLink } from '../../web/google-cookies'
import { on } from '../../web/guards'
import { changed } from '../../web/html'
import { startSession, userOf } from '../../web/session'
import { googleLink } from './google-link'
import { type GoogleProblem, googleProblem } from './google-problem'
import { askSecondStep } from './second-step'

const identityOf = (c: AppContext) => required(c.var.services.identity, 'Sign-in with Google')

export const google = new Hono<Env>()
  .get(...on(paths.googleSignIn), async (c) => {
    const { url, attempt } = identityOf(c).begin()
    const { state, verifier, nonce } = attempt
    const next = safeNext(c.req.query('next'))
    await writeAttempt(c, state, { verifier, nonce, next, userId: (await userOf(c))?.id })
    return c.redirect(url, 303)
  })
  .get(...on(paths.googleCallback), async (c) => {
    identityOf(c)
    const { state, code, error } = c.req.query()
    const attempt = await takeAttempt(c, state)
    if (!attempt || !state) return googleProblem(c, 'expired')
    if (error !== undefined || !code) {
      const isCancelled = error === 'access_denied'
      return googleProblem(c, isCancelled ? 'cancelled' : 'expired', attempt.next)
    }
    const identity = await askGoogle(c, code, { ...attempt, state })
    if (typeof identity === 'string') return googleProblem(c, identity, attempt.next)
    return attempt.userId
      ? link(c, attempt.userId, identity, attempt.next)
      : signIn(c, identity, attempt.next)
  })
  .route('/', googleLink)

async function askGoogle(
  c: AppContext,
  code: string,
  { state, verifier, nonce }: Attempt & { state: string },
): Promise<GoogleIdentity | GoogleProblem> {
  try {
    return await identityOf(c).finish(code, { state, verifier, nonce }, c.var.services.now())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'invalid') return 'expired'
    log('error', { ...requestOf(c), error })
    return 'down'
  }
}

async function signIn(c: AppContext, google: GoogleIdentity, next: string | undefined): Promise<Response> {
  const result = await signInWithGoogle(c.var.services, google, clientOf(c))
  if ('refusal' in result) return googleProblem(c, result.refusal, next)
  if ('needsPasswordOf' in result) return waitForPassword(c, result.needsPasswordOf, google, next)
  if ('secondStep' in result) return askSecondStep(c, { token: result.secondStep, next })
  startSession(c, result.token)
  return c.redirect(next ?? paths.learning(), 303)
}

/** Only if the account that the attempt began with is still the one signed in. */
async function link(
  c: AppContext,
  userId: string,
  google: GoogleIdentity,
  next: string = paths.account(),
): Promise<Response> {
  if ((await userOf(c))?.id !== userId) return googleProblem(c, 'user-changed')
  const link = await checkGoogleLink(c.var.services, userId, google)
  if (link === 'needs-password') return waitForPassword(c, userId, google, next)
  if (link !== 'already-linked') return googleProblem(c, link, next)
  return changed(c, { notice: 'This Google account is already linked to your account.', to: next })
}

async function waitForPassword(c: AppContext, userId: string, google: GoogleIdentity, next?: string) {
  await writePendingLink(c, { userId, google, next })
  return c.redirect(paths.googleLink(), 303)
}
