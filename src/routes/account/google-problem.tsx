import { GoogleProblemPage } from '../../../views/account/google-problem'
import { paths } from '../../paths'
import type { AppContext } from '../../web/env'
import { show } from '../../web/html'
import { userOf } from '../../web/session'

const problems = {
  cancelled: {
    status: 200,
    title: 'Sign-in with Google cancelled',
    message: 'You came back from Google without choosing an account. Nothing has changed here.',
    canRetry: true,
  },
  expired: {
    status: 400,
    title: 'This sign-in has expired',
    message:
      'It took longer than ten minutes, was already used, or began in another browser. Nothing has changed here. Please start again.',
    canRetry: true,
  },
  down: {
    status: 502,
    title: 'Google is not responding',
    message:
      'Google could not tell us who you are right now. Nothing has changed here. Please try again in a moment.',
    canRetry: true,
  },
  'google-unverified': {
    status: 403,
    title: 'Google has not verified your email address',
    message:
      'We only accept email addresses that Google has verified. Verify yours in your Google account, then try again. Nothing has changed here.',
    canRetry: true,
  },
  'email-unverified': {
    status: 403,
    title: 'Confirm your email address first',
    message:
      'You can link a Google account once you have confirmed the email address of your account here. Open the link in the email we sent you, then link Google. Nothing has changed here.',
    canRetry: false,
  },
  suspended: {
    status: 403,
    title: 'This account is suspended',
    message: 'You cannot sign in. Please contact the team that runs this site.',
    canRetry: false,
  },
  taken: {
    status: 409,
    title: 'This Google account is linked to another account',
    message:
      'Another account here already uses this Google account, so it cannot be linked to yours as well. If that account is yours, sign out and continue with Google, or link a different Google account.',
    canRetry: true,
  },
  'user-changed': {
    status: 409,
    title: 'You are not signed in as before',
    message:
      'Since you went to Google, you have signed out here or somebody else has signed in. Nothing was linked. Sign in and try again.',
    canRetry: false,
  },
  'no-password': {
    status: 409,
    title: 'Set a password first',
    message: 'Google is the only way to sign in to your account. Set a password, then unlink Google.',
    canRetry: false,
  },
} as const

export type GoogleProblem = keyof typeof problems

export async function googleProblem(c: AppContext, problem: GoogleProblem, next?: string): Promise<Response> {
  const { status, title, message, canRetry } = problems[problem]
  const retry = canRetry ? { next } : null
  const back = (await userOf(c))
    ? { href: paths.account(), label: 'Back to your account' }
    : { href: paths.signIn({ next }), label: 'Sign in with a password' }
  return show(c, {
    title,
    status,
    page: (
      <GoogleProblemPage
        title={title}
        message={message}
        isError={status !== 200}
        retry={retry}
        canReset={problem === 'no-password'}
        canVerify={problem === 'email-unverified'}
        back={back}
      />
    ),
  })
}
