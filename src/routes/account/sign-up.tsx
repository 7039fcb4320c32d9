import { Hono } from 'hono'
import * as z from 'zod'
import { SignUpPage, type SignUpPageProps } from '../../../views/account/sign-up'
import { signUp as createAccount } from '../../models/account/sign-up'
import { paths } from '../../paths'
import { passwordProblem } from '../../rules/account/password'
import { clientOf } from '../../web/client'
import type { AppContext, Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { startSession, userOf } from '../../web/session'
import { findOffer, placeAfterSignIn } from './after-sign-in'
import { Email, NewPassword, Next, UserName } from './fields'

const SignUpForm = z.object({ name: UserName, email: Email, password: NewPassword, next: Next })

const page = async (
  c: AppContext,
  { next, ...props }: Omit<SignUpPageProps, 'isGoogleEnabled' | 'offer'>,
  status: 200 | 422 = 200,
) =>
  show(c, {
    title: 'Sign up',
    status,
    page: (
      <SignUpPage
        next={safeNext(next)}
        offer={await findOffer(c, next)}
        isGoogleEnabled={c.var.services.identity !== null}
        {...props}
      />
    ),
  })

export const signUp = new Hono<Env>()
  .get(...on(paths.signUp), async (c) => {
    const next = c.req.query('next')
    if (await userOf(c)) return c.redirect(safeNext(next) ?? paths.learning(), 303)
    return page(c, { next })
  })
  .post(
    ...on(paths.signUp),
    form(SignUpForm, (c, { values, errors }) =>
      page(c, { next: values.next, name: values.name, email: values.email, errors }, 422),
    ),
    async (c) => {
      const { next, ...given } = c.req.valid('form')
      const { name, email } = given
      const { services } = c.var
      const password = passwordProblem(given.password, [name, email, services.config.SITE_NAME])
      if (password) return page(c, { next, name, email, errors: { password } }, 422)
      const result = await createAccount(services, given, clientOf(c))
      if ('refusal' in result) return page(c, { next, name, email, isTaken: true }, 422)
      startSession(c, result.token)
      return c.redirect(await placeAfterSignIn(c, result.token, next), 303)
    },
  )
