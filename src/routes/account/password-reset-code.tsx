import { Hono } from 'hono'
import * as z from 'zod'
import { PasswordResetCodePage } from '../../../views/account/password-reset-code'
import { grantByCode } from '../../models/account/password-reset'
import { paths } from '../../paths'
import { codeIn, secondsLeft, wrongGuess } from '../../rules/account/otp'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { needs, on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'
import { dropResetRequest, writeResetGrant, writeResetRequest } from '../../web/password-reset-cookies'

type ResetContext = GuardedContext<'resetRequest'>

const message = 'Enter the six digits from the email.'
const CodeForm = z.object({
  code: z.string(message).transform((typed, context) => {
    const code = codeIn(typed)
    if (code !== null) return code
    context.addIssue(message)
    return z.NEVER
  }),
})

function timeLeft(c: ResetContext): number {
  const { resetRequest, services } = c.var
  return secondsLeft(new Date(resetRequest.requestedAt), services.now(), services.config.OTP_TTL_SECONDS)
}

function page(c: ResetContext, error?: string): Promise<Response> {
  const { config, otp } = c.var.services
  return show(c, {
    title: 'Check your email',
    status: error ? 422 : 200,
    page: (
      <PasswordResetCodePage
        email={c.var.resetRequest.email}
        lifeSeconds={otp && config.OTP_TTL_SECONDS}
        secondsLeft={timeLeft(c)}
        errors={{ code: error }}
      />
    ),
  })
}

export const passwordResetCode = new Hono<Env>()
  .get(...on(paths.passwordResetCode), (c) => page(c))
  .post(
    ...on(paths.passwordResetCode),
    needs('otp', 'Entering a code'),
    form(CodeForm, (c: ResetContext, { errors }) => page(c, errors.code)),
    async (c) => {
      const { resetRequest, services } = c.var
      const grant = await grantByCode(services, resetRequest, c.req.valid('form').code)
      if (grant) {
        dropResetRequest(c)
        writeResetGrant(c, grant)
        return c.redirect(paths.passwordResetNew(), 303)
      }
      const guesses = resetRequest.guesses + 1
      await writeResetRequest(c, { ...resetRequest, guesses })
      return page(c, wrongGuess(guesses, timeLeft(c) === 0))
    },
  )
