import { Hono } from 'hono'
import * as z from 'zod'
import { ExpiredVerificationPage, UnverifiedPage, VerifiedPage } from '../../../views/account/verification'
import { VerifyEmailPage, type VerifyEmailPageProps } from '../../../views/account/verify-email'
import { isAddressRefused } from '../../models/account/email-standing'
import { verifyEmail as verifyByLink } from '../../models/account/email-verification'
import { findVerificationAccount, requestVerificationEmail } from '../../models/account/verification-link'
import { paths } from '../../paths'
import { clientOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { needs, on } from '../../web/guards'
import { changed, go, show } from '../../web/html'
import { writeResetGrant } from '../../web/password-reset-cookies'
import { signedIn, startSession, userOf } from '../../web/session'
import { askSecondStep } from './second-step'

const VerifyForm = z.object({
  token: z.string(),
  choice: z.enum(['keep', 'new']).optional().catch(undefined),
  password: z.string().optional(),
})

const problems = {
  'wrong-credentials': {
    status: 422,
    errors: { password: 'This is not the password of this account. Check it, or choose a new one.' },
  },
  suspended: {
    status: 403,
    errors: { form: 'This account is suspended. Please contact the team that runs this site.' },
  },
  'session-ended': {
    status: 409,
    errors: { form: 'You are not signed in here any more. Nothing has changed so far.' },
  },
} as const

const expired = async (c: AppContext) =>
  show(c, { title: 'Link expired', status: 410, page: <ExpiredVerificationPage user={await userOf(c)} /> })

async function page(
  c: AppContext,
  token: string,
  errors: VerifyEmailPageProps['errors'] = {},
  status: 200 | 403 | 409 | 422 = 200,
): Promise<Response> {
  const account = await findVerificationAccount(c.var.services, token)
  if (!account) return expired(c)
  const { id, email, hasPassword, emailVerifiedAt } = account
  if (emailVerifiedAt) return show(c, { title: 'Email confirmed', page: <VerifiedPage email={email} /> })
  const user = await userOf(c)
  return show(c, {
    title: 'Confirm your email',
    status,
    page: (
      <VerifyEmailPage
        email={email}
        token={token}
        isOwn={user?.id === id}
        signedInAs={user?.email ?? null}
        hasPassword={hasPassword}
        errors={errors}
      />
    ),
  })
}

export const verifyEmail = new Hono<Env>()
  .get(...on(paths.verifyEmail), async (c) => {
    const token = c.req.query('token')
    if (token !== undefined) return page(c, token)
    const { id, email, isVerified } = await signedIn(c)
    const title = 'Your email address'
    if (isVerified) return show(c, { title, page: <VerifiedPage email={email} /> })
    const isRefused = await isAddressRefused(c.var.services, id)
    return show(c, { title, page: <UnverifiedPage email={email} isRefused={isRefused} /> })
  })
  .post(...on(paths.verifyEmail), form(VerifyForm, expired), async (c) => {
    const { token, choice, password } = c.req.valid('form')
    const user = await userOf(c)
    const result = await verifyByLink(c.var.services, { token, choice, password, user }, clientOf(c))
    if ('refusal' in result) {
      if (result.refusal === 'expired') return expired(c)
      const { status, errors } = problems[result.refusal]
      return page(c, token, errors, status)
    }
    const notice = `Your email address ${result.email} is confirmed.`
    if (result.grant) {
      writeResetGrant(c, result.grant)
      return changed(c, {
        notice: `${notice} Choose a password to sign in with.`,
        to: paths.passwordResetNew(),
      })
    }
    const { admission } = result
    if (admission && 'secondStep' in admission) {
      leaveNotice(c, { kind: 'success', text: `${notice} Now enter your code to sign in.` })
      return askSecondStep(c, { token: admission.secondStep })
    }
    if (admission) startSession(c, admission.token)
    return changed(c, { notice, to: admission || user ? paths.learning() : paths.signIn() })
  })
  .post(...on(paths.verifyEmailAgain), needs('mail', 'Email'), async (c) => {
    const { id, email, isVerified } = c.var.user
    if (isVerified) return go(c, paths.verifyEmail())
    await requestVerificationEmail(c.var.services, id)
    return changed(c, { notice: `A new email is on its way to ${email}.`, to: paths.verifyEmail() })
  })
