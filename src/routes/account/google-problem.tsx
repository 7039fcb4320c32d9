import { GoogleProblemPage } from '../../../views/account/google-problem'
import { paths } from '../../paths'
import type { AppContext } from '../../web/env'
import { show } from '../../web/html'
import { userOf } from '../../web/session'

const problems = {
  cancelled: {
    status: 200,
    title: 'You did not sign in with Google',
    message: 'You came back from Google without choosing an account. Nothing has changed here.',
    isWorthRetrying: true,
  },
  expired: {
    status: 400,
    title: 'This sign-in is not valid any more',
    message:
      'It took longer than ten minutes, was used already, or began in another browser. Nothing has changed here. Please start again.',
    isWorthRetrying: true,
  },
  down: {
    status: 502,
    title: 'Google does not answer',
    message:
      'Google could not tell us who you are just now. Nothing has changed here. Try again in a moment.',
    isWorthRetrying: true,
  },
  unverified: {
    status: 403,
    title: 'Google has not verified your address',
    message:
      'We take an e-mail address from Google only after Google has verified it. Verify it in your Google account, then try again. Nothing has changed here.',
    isWorthRetrying: true,
  },
  unproven: {
    status: 403,
    title: 'Confirm your address first',
    message:
      'A Google account can be linked only after you have confirmed the e-mail address of your account here. Open the link in the mail we sent you, then link Google. Nothing has changed here.',
    isWorthRetrying: false,
  },
  suspended: {
    status: 403,
    title: 'This account is suspended',
    message: 'You cannot sign in for now. Please ask the people who run this site.',
    isWorthRetrying: false,
  },
  taken: {
    status: 409,
    title: 'This Google account belongs to another account',
    message:
      'Somebody already signs in here with this Google account, so it cannot be linked to yours as well. If that is you, sign out and continue with Google, or link another Google account.',
    isWorthRetrying: true,
  },
  switched: {
    status: 409,
    title: 'You are not signed in as before',
    message:
      'When you went to Google, somebody else was signed in here, or you have signed out since. Nothing was linked. Sign in and try again.',
    isWorthRetrying: false,
  },
  'without-password': {
    status: 409,
    title: 'Set a password first',
    message: 'Google is the only way into your account. Set a password, then unlink Google.',
    isWorthRetrying: false,
  },
} as const

export type GoogleProblem = keyof typeof problems

/** A page that says why Google did not lead in and what to do next; nothing has changed. */
export async function googleProblem(c: AppContext, problem: GoogleProblem, next?: string): Promise<Response> {
  const { status, title, message, isWorthRetrying } = problems[problem]
  const retry = isWorthRetrying ? { next } : null
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
        canReset={problem === 'without-password'}
        canVerify={problem === 'unproven'}
        back={back}
      />
    ),
  })
}
