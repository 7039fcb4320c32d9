import { Hono } from 'hono'
import * as z from 'zod'
import { RecoveryCodesPage } from '../../../views/account/recovery-codes'
import { TwoFactorPage, type TwoFactorProblem } from '../../../views/account/two-factor'
import { neededConfirmation } from '../../models/account/confirmation'
import { findTwoFactor } from '../../models/account/two-factor'
import { renewRecoveryCodes, turnOffTwoFactor, turnOnTwoFactor } from '../../models/account/two-factor-change'
import { paths } from '../../paths'
import { typedCode } from '../../rules/account/two-factor'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, go, show } from '../../web/html'
import {
  dropSetUpSecret,
  leaveRecoveryCodes,
  readSetUpSecret,
  setUpSecret,
  takeRecoveryCodes,
} from '../../web/two-factor-cookies'
import type { SignedInContext } from './account-page'
import { Password, passwordProblem } from './confirm'

const message = 'Enter the six digits that your app shows.'
const CodeForm = z.object({
  code: z.string(message).transform((typed, context) => {
    const code = typedCode(typed)
    if (code?.kind === 'app') return code.code
    context.addIssue(message)
    return z.NEVER
  }),
  password: Password,
})
const PasswordForm = z.object({ password: Password })

const wrongCode =
  'This code is wrong. Enter the one your app shows now. If that is wrong, too, set the clock of your phone to automatic.'
const tooOld =
  'The key below is new, because the page was open for more than an hour. Add it to your app again.'

const refuse = (action: string) => (c: SignedInContext, problem: FormProblem) =>
  page(c, { ...problem, action })

async function page(c: SignedInContext, problem?: TwoFactorProblem): Promise<Response> {
  const { services, user } = c.var
  const codes = await takeRecoveryCodes(c, user)
  if (codes)
    return show(c, {
      title: 'Your recovery codes',
      page: <RecoveryCodesPage codes={codes} siteName={services.config.SITE_NAME} />,
    })
  const twoFactor = await findTwoFactor(services, user.id)
  const { SITE_NAME, TIME_ZONE } = services.config
  return show(c, {
    title: 'Two-factor sign-in',
    status: problem ? 422 : 200,
    page: (
      <TwoFactorPage
        email={user.email}
        siteName={SITE_NAME}
        timeZone={TIME_ZONE}
        state={twoFactor ?? { secret: await setUpSecret(c, user) }}
        confirmation={await neededConfirmation(services, user)}
        problem={problem}
      />
    ),
  })
}

export const twoFactor = new Hono<Env>()
  .get(...on(paths.twoFactor), (c) => page(c))
  .post(...on(paths.twoFactor), form(CodeForm, refuse(paths.twoFactor())), async (c) => {
    const { services, user } = c.var
    const { code, password } = c.req.valid('form')
    const refuseWith = refuse(paths.twoFactor())
    const unconfirmed = await passwordProblem(c, { code, password })
    if (unconfirmed) return refuseWith(c, unconfirmed)
    const secret = await readSetUpSecret(c, user)
    if (!secret) return refuseWith(c, { values: {}, errors: { code: tooOld } })
    const result = await turnOnTwoFactor(services, user, { secret, code })
    if ('recoveryCodes' in result) {
      dropSetUpSecret(c)
      await leaveRecoveryCodes(c, user, result.recoveryCodes)
      return changed(c, { notice: 'Two-factor sign-in is on.', to: paths.twoFactor() })
    }
    if (result.refusal === 'wrong-code') return refuseWith(c, { values: {}, errors: { code: wrongCode } })
    return changed(c, { notice: 'Two-factor sign-in was on already.', to: paths.twoFactor() })
  })
  .post(...on(paths.recoveryCodes), form(PasswordForm, refuse(paths.recoveryCodes())), async (c) => {
    const { services, user } = c.var
    const problem = await passwordProblem(c, c.req.valid('form'))
    if (problem) return refuse(paths.recoveryCodes())(c, problem)
    const codes = await renewRecoveryCodes(services, user)
    if (!codes) return wasOff(c)
    await leaveRecoveryCodes(c, user, codes)
    return changed(c, { notice: 'Your earlier recovery codes no longer work.', to: paths.twoFactor() })
  })
  .post(...on(paths.twoFactorDelete), form(PasswordForm, refuse(paths.twoFactorDelete())), async (c) => {
    const { services, user } = c.var
    const problem = await passwordProblem(c, c.req.valid('form'))
    if (problem) return refuse(paths.twoFactorDelete())(c, problem)
    if (!(await turnOffTwoFactor(services, user))) return wasOff(c)
    return changed(c, { notice: 'Two-factor sign-in is off.', to: paths.twoFactor() })
  })

function wasOff(c: SignedInContext): Response {
  leaveNotice(c, { kind: 'error', text: 'Two-factor sign-in is off, so nothing has changed.' })
  return go(c, paths.twoFactor())
}
