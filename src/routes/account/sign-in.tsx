import { Hono } from 'hono'
import * as z from 'zod'
import { SignInPage, type SignInPageProps } from '../../../views/account/sign-in'
import { closeSession } from '../../models/account/session'
import { signIn as signInWithPassword } from '../../models/account/sign-in'
import { paths } from '../../paths'
import { clientOf } from '../../web/client'
import type { AppContext, Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { endSession, sessionToken, startSession, userOf } from '../../web/session'
import { findOffer, placeAfterSignIn } from './after-sign-in'
import { CurrentPassword, Email, Next } from './fields'
import { askSecondStep } from './second-step'

const SignInForm = z.object({ email: Email, password: CurrentPassword, next: Next })

const refusals = {
  'wrong-credentials': { status: 422, text: 'Wrong email or password. Check both and try again.' },
  suspended: {
    status: 403,
    text: 'This account is suspended, so you cannot sign in. Please contact the team that runs this site.',
  },
} as const

const page = async (
  c: AppContext,
  { next, ...props }: Omit<SignInPageProps, 'isGoogleEnabled' | 'offer'>,
  status: 200 | 403 | 422 = 200,
) =>
  show(c, {
    title: 'Sign in',
    status,
    page: (
      <SignInPage
        next={safeNext(next)}
        offer={await findOffer(c, next)}
        isGoogleEnabled={c.var.services.identity !== null}
        {...props}
      />
    ),
  })

export const signIn = new Hono<Env>()
  .get(...on(paths.signIn), async (c) => {
    const next = c.req.query('next')
    if (await userOf(c)) return c.redirect(safeNext(next) ?? paths.learning(), 303)
    return page(c, { next })
  })
  .post(
    ...on(paths.signIn),
    form(SignInForm, (c, { values, errors }) =>
      page(c, { next: values.next, email: values.email, errors }, 422),
    ),
    async (c) => {
      const { email, password, next } = c.req.valid('form')
      const result = await signInWithPassword(c.var.services, { email, password }, clientOf(c))
      if ('refusal' in result) {
        const { status, text } = refusals[result.refusal]
        return page(c, { next, email, errors: { form: text } }, status)
      }
      if ('secondStep' in result) return askSecondStep(c, { token: result.secondStep, next: safeNext(next) })
      startSession(c, result.token)
      return c.redirect(await placeAfterSignIn(c, result.token, next), 303)
    },
  )
  .post(...on(paths.signOut), async (c) => {
    const token = sessionToken(c)
    if (token) await closeSession(c.var.services, token)
    endSession(c)
    return c.redirect(paths.home(), 303)
  })
