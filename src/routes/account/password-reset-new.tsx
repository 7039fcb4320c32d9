import { Hono } from 'hono'
import * as z from 'zod'
import { NewPasswordPage, type NewPasswordPageProps } from '../../../views/account/password-reset-new'
import { changePassword } from '../../models/account/password-reset'
import { paths } from '../../paths'
import { browserOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { startSession } from '../../web/session'
import { NewPassword } from './fields'
import { dropGrant, grantedEmail, grantFirst, grantOf } from './password-reset-grant'

const NewPasswordForm = z.object({ password: NewPassword })

async function page(c: AppContext, errors: NewPasswordPageProps['errors'] = {}, status: 200 | 422 = 200) {
  const email = await grantedEmail(c)
  if (!email) return c.redirect(paths.passwordReset(), 303)
  return show(c, {
    title: 'New password',
    status,
    page: <NewPasswordPage email={email} errors={errors} />,
  })
}

export const passwordResetNew = new Hono<Env>()
  .get(...on(paths.passwordResetNew), (c) => page(c))
  .post(
    ...on(paths.passwordResetNew),
    grantFirst,
    form(NewPasswordForm, (c, { errors }) => page(c, errors, 422)),
    async (c) => {
      const given = { grant: grantOf(c), password: c.req.valid('form').password }
      const result = await changePassword(c.var.services, given, browserOf(c))
      dropGrant(c)
      if ('token' in result) {
        startSession(c, result.token)
        leaveNotice(c, { kind: 'success', text: 'Your new password is saved, and you are signed in.' })
        return c.redirect(paths.learning(), 303)
      }
      if (result.refusal === 'no grant') return c.redirect(paths.passwordReset(), 303)
      leaveNotice(c, {
        kind: 'error',
        text: 'Your new password is saved, but the account is suspended. Please ask the people who run this site.',
      })
      return c.redirect(paths.signIn(), 303)
    },
  )
