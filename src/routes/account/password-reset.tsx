import { Hono } from 'hono'
import * as z from 'zod'
import {
  ExpiredResetLinkPage,
  PasswordResetLinkPage,
  PasswordResetPage,
  type PasswordResetPageProps,
} from '../../../views/account/password-reset'
import { findResetLink, grantByLink } from '../../models/account/password-reset'
import { requestPasswordReset } from '../../models/account/password-reset-request'
import { paths } from '../../paths'
import { clientOf } from '../../web/client'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { needs, on } from '../../web/guards'
import { show } from '../../web/html'
import {
  newResetRequest,
  readResetRequest,
  writeResetGrant,
  writeResetRequest,
} from '../../web/password-reset-cookies'
import { Email } from './fields'
import { passwordResetCode } from './password-reset-code'
import { passwordResetNew } from './password-reset-new'

const ResetForm = z.object({ email: Email })
const LinkForm = z.object({ token: z.string() })

const page = (c: AppContext, props: Omit<PasswordResetPageProps, 'hasCode'>, status: 200 | 422 = 200) =>
  show(c, {
    title: 'Forgot your password?',
    status,
    page: <PasswordResetPage hasCode={c.var.services.otp !== null} {...props} />,
  })

const expired = (c: AppContext) =>
  show(c, { title: 'Link expired', status: 410, page: <ExpiredResetLinkPage /> })

/** The same for every address; a running countdown goes on when no email is sent. */
async function request(c: AppContext, email: string): Promise<Response> {
  const { services } = c.var
  const known = await readResetRequest(c)
  const asked = newResetRequest(known, email, services.now())
  const isRequested = await requestPasswordReset(services, asked, clientOf(c))
  await writeResetRequest(c, !isRequested && known?.email === email ? known : asked)
  return c.redirect(paths.passwordResetCode(), 303)
}

export const passwordReset = new Hono<Env>()
  .get(...on(paths.passwordReset), needs('mail', 'Email'), (c) => page(c, {}))
  .post(
    ...on(paths.passwordReset),
    needs('mail', 'Email'),
    form(ResetForm, (c, { values, errors }) => page(c, { email: values.email, errors }, 422)),
    (c) => request(c, c.req.valid('form').email),
  )
  .post(...on(paths.passwordResetAgain), needs('mail', 'Email'), (c) => request(c, c.var.resetRequest.email))
  .get(...on(paths.passwordResetLink), async (c) => {
    const token = c.req.query('token') ?? ''
    if (!(await findResetLink(c.var.services, token))) return expired(c)
    return show(c, { title: 'New password', page: <PasswordResetLinkPage token={token} /> })
  })
  .post(...on(paths.passwordResetLink), form(LinkForm, expired), async (c) => {
    const grant = await grantByLink(c.var.services, c.req.valid('form').token)
    if (!grant) return expired(c)
    writeResetGrant(c, grant)
    return c.redirect(paths.passwordResetNew(), 303)
  })
  .route('/', passwordResetCode)
  .route('/', passwordResetNew)
