import { Hono } from 'hono'
import * as z from 'zod'
import { NewPasswordPage, type NewPasswordPageProps } from '../../../views/account/password-reset-new'
import { findUserByEmail, resetPassword } from '../../models/account/password-reset'
import { paths } from '../../paths'
import { passwordProblem } from '../../rules/account/password'
import { clientOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { dropResetGrant } from '../../web/password-reset-cookies'
import { startSession } from '../../web/session'
import { NewPassword } from './fields'
import { askSecondStep } from './second-step'

const NewPasswordForm = z.object({ password: NewPassword })

const page = (
  c: GuardedContext<'resetGrant'>,
  errors: NewPasswordPageProps['errors'] = {},
  status: 200 | 422 = 200,
) =>
  show(c, {
    title: 'New password',
    status,
    page: <NewPasswordPage email={c.var.resetGrant.email} errors={errors} />,
  })

export const passwordResetNew = new Hono<Env>()
  .get(...on(paths.passwordResetNew), (c) => page(c))
  .post(
    ...on(paths.passwordResetNew),
    form(NewPasswordForm, (c: GuardedContext<'resetGrant'>, { errors }) => page(c, errors, 422)),
    async (c) => {
      const { services, resetGrant } = c.var
      const given = { grant: resetGrant.token, password: c.req.valid('form').password }
      const name = (await findUserByEmail(services, resetGrant.email))?.name ?? ''
      const password = passwordProblem(given.password, [name, resetGrant.email, services.config.SITE_NAME])
      if (password) return page(c, { password }, 422)
      const result = await resetPassword(services, given, clientOf(c))
      dropResetGrant(c)
      if ('token' in result) {
        startSession(c, result.token)
        return changed(c, { notice: 'Your new password is saved. You are signed in.', to: paths.learning() })
      }
      if ('secondStep' in result) {
        leaveNotice(c, {
          kind: 'success',
          text: 'Your new password is saved. Now enter your code to sign in.',
        })
        return askSecondStep(c, { token: result.secondStep })
      }
      if (result.refusal === 'no-grant') return c.redirect(paths.passwordReset(), 303)
      leaveNotice(c, {
        kind: 'error',
        text: 'Your new password is saved, but your account is suspended. Please contact the team that runs this site.',
      })
      return c.redirect(paths.signIn(), 303)
    },
  )
