import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { PasswordResetCodePage } from '../../../views/account/password-reset-code'
import { grantByCode } from '../../models/account/password-reset'
import { paths } from '../../paths'
import { codeIn, secondsLeft, wrongGuess } from '../../rules/account/otp'
import { required } from '../../services'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { type Asker, dropAsker, readAsker, writeAsker } from '../../web/password-reset-cookies'
import { writeGrant } from './password-reset-grant'

const message = 'Enter the six digits from the mail.'
const CodeForm = z.object({
  code: z.string(message).transform((typed, context) => {
    const code = codeIn(typed)
    if (code !== null) return code
    context.addIssue(message)
    return z.NEVER
  }),
})

/** Who did not ask in this browser begins where one asks, before anything typed is read. */
const askerFirst: MiddlewareHandler<Env> = async (c, next) => {
  if (!(await readAsker(c))) return c.redirect(paths.passwordReset(), 303)
  required(c.var.services.otp, 'Entering a code')
  await next()
}

const timeLeft = (c: AppContext, { askedAt }: Asker) => {
  const { config, now } = c.var.services
  return secondsLeft(new Date(askedAt), now(), config.OTP_TTL_SECONDS)
}

async function page(c: AppContext, error?: string): Promise<Response> {
  const asker = await readAsker(c)
  if (!asker) return c.redirect(paths.passwordReset(), 303)
  const { config, otp } = c.var.services
  return show(c, {
    title: 'Code',
    status: error ? 422 : 200,
    page: (
      <PasswordResetCodePage
        email={asker.email}
        lifeSeconds={otp && config.OTP_TTL_SECONDS}
        secondsLeft={timeLeft(c, asker)}
        errors={{ code: error }}
      />
    ),
  })
}

export const passwordResetCode = new Hono<Env>()
  .get(...on(paths.passwordResetCode), (c) => page(c))
  .post(
    ...on(paths.passwordResetCode),
    askerFirst,
    form(CodeForm, (c, { errors }) => page(c, errors.code)),
    async (c) => {
      const asker = await readAsker(c)
      if (!asker) return c.redirect(paths.passwordReset(), 303)
      const grant = await grantByCode(c.var.services, asker, c.req.valid('form').code)
      if (grant) {
        dropAsker(c)
        writeGrant(c, grant)
        return c.redirect(paths.passwordResetNew(), 303)
      }
      const guesses = asker.guesses + 1
      await writeAsker(c, { ...asker, guesses })
      return page(c, wrongGuess(guesses, timeLeft(c, asker) === 0))
    },
  )
