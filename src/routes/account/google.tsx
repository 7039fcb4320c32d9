import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { GoogleLinkPage } from '../../../views/account/google-link'
import { AppError } from '../../errors'
import { log } from '../../log'
import { type GoogleSignIn, unlinkGoogle } from '../../models/account/google-account'
import { considerLink, findAccountToLink, linkGoogle } from '../../models/account/google-link'
import { signInWithGoogle } from '../../models/account/google-sign-in'
import { paths } from '../../paths'
import { required } from '../../services'
import { browserOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import { type AppContext, type Env, requestOf } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import {
  type Attempt,
  dropPending,
  keepAttempt,
  keepPending,
  readPending,
  takeAttempt,
} from '../../web/google-cookies'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { startSession, userOf } from '../../web/session'
import { KnownPassword } from './fields'
import { type GoogleProblem, googleProblem } from './google-problem'

const LinkForm = z.object({ password: KnownPassword })

/** Whose account waits is asked before what was typed. */
const pendingFirst: MiddlewareHandler<Env> = async (c, next) => {
  if (!(await readPending(c))) return googleProblem(c, 'expired')
  await next()
}

const identityOf = (c: AppContext) => required(c.var.services.identity, 'Sign-in with Google')

export const google = new Hono<Env>()
  .get(...on(paths.googleSignIn), async (c) => {
    const { url, attempt } = identityOf(c).begin()
    const { state, verifier, nonce } = attempt
    const next = safeNext(c.req.query('next'))
    await keepAttempt(c, state, { verifier, nonce, next, userId: (await userOf(c))?.id })
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
    const answer = await askGoogle(c, code, state, attempt)
    if (typeof answer === 'string') return googleProblem(c, answer, attempt.next)
    return attempt.userId ? link(c, attempt.userId, answer, attempt.next) : enter(c, answer, attempt.next)
  })

  .get(...on(paths.googleLink), async (c) => askPassword(c))
  .post(
    ...on(paths.googleLink),
    pendingFirst,
    form(LinkForm, (c, { errors }) => askPassword(c, errors.password)),
    async (c) => {
      const pending = await readPending(c)
      if (!pending) return googleProblem(c, 'expired')
      const { userId, next, ...signIn } = pending
      const { password } = c.req.valid('form')
      const result = await linkGoogle(c.var.services, userId, signIn, password, browserOf(c))
      if ('token' in result) {
        dropPending(c)
        startSession(c, result.token)
        leaveNotice(c, { kind: 'success', text: 'From now on you can sign in with Google, too.' })
        return c.redirect(next ?? paths.learning(), 303)
      }
      if (result.refusal === 'mismatch')
        return askPassword(c, 'This is not the password of this account. Check it and try again.')
      if (result.refusal === 'without-password') return askPassword(c)
      dropPending(c)
      return googleProblem(c, result.refusal === 'gone' ? 'expired' : result.refusal, next)
    },
  )

  .post(...on(paths.googleUnlink), async (c) => {
    if ((await unlinkGoogle(c.var.services, c.var.user.id)) === 'without-password')
      return googleProblem(c, 'without-password')
    leaveNotice(c, { kind: 'success', text: 'Your Google account is unlinked. Sign in with your password.' })
    return c.redirect(paths.account(), 303)
  })

/** Who has chosen an account at Google, or why we do not know. */
async function askGoogle(
  c: AppContext,
  code: string,
  state: string,
  { verifier, nonce }: Attempt,
): Promise<GoogleSignIn | GoogleProblem> {
  try {
    return await identityOf(c).finish(code, { state, verifier, nonce }, c.var.services.now())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'invalid') return 'expired'
    log('error', { ...requestOf(c), error })
    return 'down'
  }
}

async function enter(c: AppContext, google: GoogleSignIn, next: string | undefined): Promise<Response> {
  const result = await signInWithGoogle(c.var.services, google, browserOf(c))
  if ('refusal' in result) return googleProblem(c, result.refusal, next)
  if ('proofOf' in result) return waitForPassword(c, result.proofOf, google, next)
  startSession(c, result.token)
  return c.redirect(next ?? paths.learning(), 303)
}

/** Somebody signed in went to Google to link: to the account that asked, if it is still the one signed in. */
async function link(
  c: AppContext,
  userId: string,
  google: GoogleSignIn,
  next: string = paths.account(),
): Promise<Response> {
  if ((await userOf(c))?.id !== userId) return googleProblem(c, 'switched')
  const link = await considerLink(c.var.services, userId, google)
  if (link === 'free') return waitForPassword(c, userId, google, next)
  if (link !== 'mine') return googleProblem(c, link, next)
  leaveNotice(c, { kind: 'success', text: 'You sign in with this Google account already.' })
  return c.redirect(next, 303)
}

async function waitForPassword(c: AppContext, userId: string, google: GoogleSignIn, next?: string) {
  await keepPending(c, { userId, ...google, next })
  return c.redirect(paths.googleLink(), 303)
}

async function askPassword(c: AppContext, error?: string): Promise<Response> {
  const pending = await readPending(c)
  const account = pending && (await findAccountToLink(c.var.services, pending.userId))
  if (!pending || !account) return googleProblem(c, 'expired')
  return show(c, {
    title: 'Link your Google account',
    status: error ? 422 : 200,
    page: (
      <GoogleLinkPage {...account} googleEmail={pending.person.email} next={pending.next} error={error} />
    ),
  })
}
