import { Hono } from 'hono'
import * as z from 'zod'
import { changeOwnPassword } from '../../models/account/password-change'
import { urls } from '../../urls'
import { signedIn, signedInFirst, startSession } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { browserOf } from '../../web/limits'
import { showAccount } from './account-page'
import { NewPassword } from './fields'

const PasswordForm = z.object({ currentPassword: z.string().default(''), password: NewPassword })

const mismatch = 'This is not your current password. Check it and try again.'

export const accountPassword = new Hono<Env>().post(
  urls.accountPassword,
  signedInFirst,
  form(PasswordForm, (c, { errors }) => showAccount(c, { password: { errors } }, 422)),
  async (c) => {
    const viewer = await signedIn(c)
    const result = await changeOwnPassword(c.get('services'), viewer, c.req.valid('form'), browserOf(c))
    if ('refusal' in result) {
      if (result.refusal === 'stale') return showAccount(c, {}, 403)
      return showAccount(c, { password: { errors: { currentPassword: mismatch } } }, 422)
    }
    startSession(c, result.token)
    const text = result.isFirst ? 'Your password is set.' : 'Your password is changed.'
    leaveNotice(c, { kind: 'success', text: `${text} Every other browser is signed out.` })
    return c.redirect(urls.account, 303)
  },
)
