import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import {
  DeadPasswordResetLinkPage,
  PasswordResetLinkPage,
  PasswordResetPage,
  type PasswordResetPageProps,
} from '../../../views/account/password-reset'
import { findResetLink, grantByLink } from '../../models/account/password-reset'
import { askForReset } from '../../models/account/password-reset-request'
import { paths } from '../../paths'
import { required } from '../../services'
import { browserOf } from '../../web/client'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { askerFor, readAsker, writeAsker } from '../../web/password-reset-cookies'
import { Email } from './fields'
import { passwordResetCode } from './password-reset-code'
import { writeGrant } from './password-reset-grant'
import { passwordResetNew } from './password-reset-new'

const ResetForm = z.object({ email: Email })
const LinkForm = z.object({ token: z.string() })

const withMail: MiddlewareHandler<Env> = async (c, next) => {
  required(c.var.services.mail, 'Mail')
  await next()
}

const page = (c: AppContext, props: Omit<PasswordResetPageProps, 'hasCode'>, status: 200 | 422 = 200) =>
  show(c, {
    title: 'Forgot your password?',
    status,
    page: <PasswordResetPage hasCode={c.var.services.otp !== null} {...props} />,
  })

const dead = (c: AppContext) =>
  show(c, { title: 'Link over', status: 410, page: <DeadPasswordResetLinkPage /> })

/** Answers every address alike. A clock that runs already goes on when no new mail was asked for. */
async function ask(c: AppContext, email: string): Promise<Response> {
  const services = c.var.services
  const known = await readAsker(c)
  const asker = askerFor(known, email, services.now())
  const isAsked = await askForReset(services, asker, browserOf(c).address)
  await writeAsker(c, !isAsked && known?.email === email ? known : asker)
  return c.redirect(paths.passwordResetCode(), 303)
}

export const passwordReset = new Hono<Env>()
  .get(...on(paths.passwordReset), withMail, (c) => page(c, {}))
  .post(
    ...on(paths.passwordReset),
    withMail,
    form(ResetForm, (c, { values, errors }) => page(c, { email: values.email, errors }, 422)),
    (c) => ask(c, c.req.valid('form').email),
  )
  .post(...on(paths.passwordResetAgain), withMail, async (c) => {
    const asker = await readAsker(c)
    return asker ? ask(c, asker.email) : c.redirect(paths.passwordReset(), 303)
  })
  .get(...on(paths.passwordResetLink), async (c) => {
    const token = c.req.query('token') ?? ''
    if (!(await findResetLink(c.var.services, token))) return dead(c)
    return show(c, { title: 'New password', page: <PasswordResetLinkPage token={token} /> })
  })
  .post(...on(paths.passwordResetLink), form(LinkForm, dead), async (c) => {
    const grant = await grantByLink(c.var.services, c.req.valid('form').token)
    if (!grant) return dead(c)
    writeGrant(c, grant)
    return c.redirect(paths.passwordResetNew(), 303)
  })
  .route('/', passwordResetCode)
  .route('/', passwordResetNew)
