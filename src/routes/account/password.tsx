import { Hono } from 'hono'
import * as z from 'zod'
import { changeOwnPassword } from '../../models/account/password-change'
import { paths } from '../../paths'
import { browserOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { startSession } from '../../web/session'
import { type SignedInContext, showAccount } from './account-page'
import { NewPassword } from './fields'

const PasswordForm = z.object({ currentPassword: z.string().default(''), password: NewPassword })

const mismatch = 'This is not your current password. Check it and try again.'

export const accountPassword = new Hono<Env>().post(
  ...on(paths.accountPassword),
  form(PasswordForm, (c: SignedInContext, { errors }) => showAccount(c, { password: { errors } }, 422)),
  async (c) => {
    const { services, user } = c.var
    const result = await changeOwnPassword(services, user, c.req.valid('form'), browserOf(c))
    if ('refusal' in result) {
      if (result.refusal === 'stale') return showAccount(c, {}, 403)
      return showAccount(c, { password: { errors: { currentPassword: mismatch } } }, 422)
    }
    startSession(c, result.token)
    const text = result.isFirst ? 'Your password is set.' : 'Your password is changed.'
    leaveNotice(c, { kind: 'success', text: `${text} Every other browser is signed out.` })
    return c.redirect(paths.account(), 303)
  },
)
