import { Hono } from 'hono'
import * as z from 'zod'
import { SecondStepPage } from '../../../views/account/second-step'
import { finishSignInAndLink, type LinkRefusal } from '../../models/account/google-link'
import { finishSignIn, type SecondStepRefusal } from '../../models/account/second-step'
import { paths } from '../../paths'
import { fewRecoveryCodes, typedCode } from '../../rules/account/two-factor'
import { count } from '../../rules/format'
import { clientOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { dropPendingLink, readPendingLink } from '../../web/google-cookies'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'
import { startSession } from '../../web/session'
import { dropSecondStep, type SecondStep, writeSecondStep } from '../../web/two-factor-cookies'
import { startAgain } from '../../web/two-factor-first'
import { placeAfterSignIn } from './after-sign-in'
import { googleProblem } from './google-problem'

type StepContext = GuardedContext<'secondStep'>

const message = 'Enter the six digits that your app shows, or a recovery code.'

const recovery = 'recovery-code'

/** Either kind of code; `with` says on which face of the page it was typed. */
const CodeForm = z.object({
  code: z.string(message).transform((typed, context) => {
    const code = typedCode(typed)
    if (code) return code
    context.addIssue(message)
    return z.NEVER
  }),
  with: z.string().optional(),
})

const refusals: Record<Exclude<SecondStepRefusal, 'expired'>, { status: 403 | 422; text: string }> = {
  'wrong-code': {
    status: 422,
    text: 'This code is wrong. Your app shows a new one every 30 seconds, and each recovery code works once.',
  },
  'used-code': {
    status: 422,
    text: 'This code has already been used. Wait until your app shows the next one.',
  },
  suspended: {
    status: 403,
    text: 'This account is suspended, so you cannot sign in. Please contact the team that runs this site.',
  },
}

const page = (
  c: StepContext,
  given: { error?: string; isRecovery?: boolean } = {},
  status: 200 | 403 | 422 = 200,
) =>
  show(c, {
    title: 'Enter your code',
    status,
    page: <SecondStepPage email={c.var.email} next={c.var.secondStep.next} {...given} />,
  })

const refuse = (c: StepContext, { values, errors }: FormProblem) =>
  page(c, { error: errors.code, isRecovery: values.with === recovery }, 422)

/** For whom the first factor was right and the second is still asked. */
export async function askSecondStep(c: AppContext, step: SecondStep): Promise<Response> {
  await writeSecondStep(c, step)
  return c.redirect(paths.secondStep(), 303)
}

export const secondStep = new Hono<Env>()
  .get(...on(paths.secondStep), (c) => page(c, { isRecovery: c.req.query('with') === recovery }))
  .post(...on(paths.secondStep), form(CodeForm, refuse), async (c) => {
    const { code: typed, with: chosen } = c.req.valid('form')
    const result = await finish(c, typed)
    if ('refusal' in result) return refused(c, result.refusal, chosen === recovery)
    const { next, links } = c.var.secondStep
    dropSecondStep(c)
    if (links) dropPendingLink(c)
    startSession(c, result.token)
    const text = noticeFor(result.recoveryCodesLeft, links === true)
    if (text) leaveNotice(c, { kind: 'success', text })
    return c.redirect(await placeAfterSignIn(c, result.token, next), 303)
  })

async function finish(c: StepContext, typed: NonNullable<ReturnType<typeof typedCode>>) {
  const { services, secondStep } = c.var
  const step = { secondStep: secondStep.token, typed }
  if (!secondStep.links) return finishSignIn(services, step, clientOf(c))
  const pending = await readPendingLink(c)
  if (!pending) return { refusal: 'link-expired' as const }
  return finishSignInAndLink(services, pending, step, clientOf(c))
}

type Refusal = SecondStepRefusal | LinkRefusal | 'link-expired'

function refused(c: StepContext, refusal: Refusal, isRecovery: boolean): Response | Promise<Response> {
  if (refusal === 'wrong-code' || refusal === 'used-code' || refusal === 'suspended') {
    const { status, text } = refusals[refusal]
    return page(c, { error: text, isRecovery }, status)
  }
  dropSecondStep(c)
  if (refusal === 'taken' || refusal === 'email-unverified') {
    dropPendingLink(c)
    return googleProblem(c, refusal, c.var.secondStep.next)
  }
  return startAgain(c, c.var.secondStep.next)
}

function noticeFor(recoveryCodesLeft: number | null, links: boolean): string | null {
  if (recoveryCodesLeft === null) return links ? 'You can now sign in with Google, too.' : null
  const left = `${count(recoveryCodesLeft, 'recovery code')} left.`
  return recoveryCodesLeft <= fewRecoveryCodes
    ? `You have ${left} Make new ones on your account page, under two-factor sign-in.`
    : `That recovery code is used up. You have ${left}`
}
