import { Hono } from 'hono'
import * as z from 'zod'
import { SignInPage, type SignInPageProps } from '../../../views/account/sign-in'
import { closeSession } from '../../models/account/session'
import { signIn as signInWith } from '../../models/account/sign-in'
import { urls } from '../../urls'
import { endSession, sessionToken, startSession, viewerOf } from '../../web/auth'
import type { AppContext, Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { show } from '../../web/html'
import { browserOf } from '../../web/limits'
import { Email, KnownPassword, Next } from './fields'

const SignInForm = z.object({ email: Email, password: KnownPassword, next: Next })

const refusals = {
  mismatch: { status: 422, text: 'Email and password do not belong together. Check both and try again.' },
  suspended: {
    status: 403,
    text: 'This account is suspended, so you cannot sign in for now. Please ask the people who run this site.',
  },
} as const

const page = (
  c: AppContext,
  { next, ...props }: Omit<SignInPageProps, 'hasGoogle'>,
  status: 200 | 403 | 422 = 200,
) =>
  show(c, {
    title: 'Sign in',
    status,
    page: <SignInPage next={safeNext(next)} hasGoogle={c.get('services').identity !== null} {...props} />,
  })

export const signIn = new Hono<Env>()
  .get(urls.signIn(), async (c) => {
    const next = c.req.query('next')
    if (await viewerOf(c)) return c.redirect(safeNext(next) ?? urls.learning, 303)
    return page(c, { next })
  })
  .post(
    urls.signIn(),
    form(SignInForm, (c, { values, errors }) =>
      page(c, { next: values.next, email: values.email, errors }, 422),
    ),
    async (c) => {
      const { email, password, next } = c.req.valid('form')
      const result = await signInWith(c.get('services'), { email, password }, browserOf(c))
      if ('refusal' in result) {
        const { status, text } = refusals[result.refusal]
        return page(c, { next, email, errors: { form: text } }, status)
      }
      startSession(c, result.token)
      return c.redirect(safeNext(next) ?? urls.learning, 303)
    },
  )
  .post(urls.signOut, async (c) => {
    const token = sessionToken(c)
    if (token) await closeSession(c.get('services'), token)
    endSession(c)
    return c.redirect(urls.home, 303)
  })
