import { Hono } from 'hono'
import * as z from 'zod'
import {
  DeadVerificationPage,
  UnverifiedPage,
  VerifiedPage,
  VerifyEmailPage,
  type VerifyEmailPageProps,
} from '../../../views/account/verify-email'
import { askForVerification, findVerification, verifyAddress } from '../../models/account/email-verification'
import { paths } from '../../paths'
import { required } from '../../services'
import { browserOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { signedIn, startSession, userOf } from '../../web/session'
import { writeGrant } from './password-reset-grant'

const VerifyForm = z.object({
  token: z.string(),
  choice: z.enum(['keep', 'new']).optional().catch(undefined),
  password: z.string().optional(),
})

const problems = {
  mismatch: {
    status: 422,
    errors: { password: 'This is not the password of this account. Check it, or choose a new one.' },
  },
  suspended: {
    status: 403,
    errors: { form: 'This account is suspended. Please ask the people who run this site.' },
  },
  ask: {
    status: 409,
    errors: { form: 'You are not signed in here any more. Nothing has changed so far.' },
  },
} as const

const dead = async (c: AppContext) =>
  show(c, {
    title: 'Link over',
    status: 410,
    page: <DeadVerificationPage user={await userOf(c)} />,
  })

/** What the link offers to this browser; nothing changes before a button is pressed. */
async function offer(
  c: AppContext,
  token: string,
  errors: VerifyEmailPageProps['errors'] = {},
  status: 200 | 403 | 409 | 422 = 200,
): Promise<Response> {
  const account = await findVerification(c.var.services, token)
  if (!account) return dead(c)
  const { id, email, hasPassword, emailVerifiedAt } = account
  if (emailVerifiedAt) return show(c, { title: 'Address confirmed', page: <VerifiedPage email={email} /> })
  const user = await userOf(c)
  return show(c, {
    title: 'Confirm address',
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

/** Showing that an address is one's own; works for whoever holds the link, signed in or not. */
export const verifyEmail = new Hono<Env>()
  .get(...on(paths.verifyEmail), async (c) => {
    const token = c.req.query('token')
    if (token === undefined) {
      const { email, isVerified } = await signedIn(c)
      const page = isVerified ? <VerifiedPage email={email} /> : <UnverifiedPage email={email} />
      return show(c, { title: 'Your e-mail address', page })
    }
    return offer(c, token)
  })
  .post(...on(paths.verifyEmail), form(VerifyForm, dead), async (c) => {
    const { token, choice, password } = c.req.valid('form')
    const pressed = { token, choice, password, asker: await userOf(c) }
    const result = await verifyAddress(c.var.services, pressed, browserOf(c))
    if ('refusal' in result) {
      if (result.refusal === 'dead') return dead(c)
      const { status, errors } = problems[result.refusal]
      return offer(c, token, errors, status)
    }
    const text = `Your address ${result.email} is confirmed.`
    if (result.grant) {
      writeGrant(c, result.grant)
      leaveNotice(c, { kind: 'success', text: `${text} Choose a password to sign in with.` })
      return c.redirect(paths.passwordResetNew(), 303)
    }
    leaveNotice(c, { kind: 'success', text })
    if (result.session) startSession(c, result.session)
    return c.redirect(result.session || pressed.asker ? paths.learning() : paths.signIn(), 303)
  })
  .post(...on(paths.verifyEmailAgain), async (c) => {
    const { services, user } = c.var
    const { id, email, isVerified } = user
    required(services.mail, 'Mail')
    if (!isVerified) {
      await askForVerification(services, id)
      leaveNotice(c, { kind: 'success', text: `A new mail is on its way to ${email}.` })
    }
    return c.redirect(paths.verifyEmail(), 303)
  })
