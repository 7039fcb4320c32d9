import { paths } from '../../src/paths'
import { fewRecoveryCodes } from '../../src/rules/account/two-factor'
import { count } from '../../src/rules/format'
import type { EmailContent, Site } from './email'

export interface VerificationEmail {
  name: string
  email: string
  token: string
}

export const verificationContent = (site: Site, { name, email, token }: VerificationEmail): EmailContent => ({
  subject: 'Confirm your email address',
  title: 'Confirm your email address',
  recipient: name,
  body: [
    `An account at ${site.SITE_NAME} was created with ${email}. Please confirm that this is your email address:`,
  ],
  action: { label: 'Confirm email address', url: `${site.APP_ORIGIN}${paths.verifyEmail({ token })}` },
  notes: [
    'The link works once, for 24 hours. In a browser where you are not signed in, it asks for your password.',
    'If you did not create this account, you can ignore this email. Or open the link and choose a new password: then the account is yours, and nobody else can sign in to it.',
  ],
})

export interface PasswordResetEmail {
  name: string
  /** Null where only links are sent. */
  code: string | null
  codeSeconds: number
  token: string
}

export const passwordResetContent = (
  site: Site,
  { name, code, codeSeconds, token }: PasswordResetEmail,
): EmailContent => ({
  subject: `Choose a new password for ${site.SITE_NAME}`,
  title: 'Choose a new password',
  recipient: name,
  body: code
    ? [
        'Enter this code on the page where you asked for it:',
        { code },
        `It is valid for ${codeSeconds} seconds after we sent this email. You can also use this link:`,
      ]
    : ['Use this link to choose a new password:'],
  action: {
    label: 'Choose a new password',
    url: `${site.APP_ORIGIN}${paths.passwordResetLink({ token })}`,
  },
  notes: [
    'The link works once, for 15 minutes, in any browser.',
    'If you did not ask for this, you can ignore this email: your password stays the same. Never share the code or the link. We will never ask you for them.',
  ],
})

export const passwordChangedContent = (site: Site, { name }: { name: string }): EmailContent => ({
  subject: `Your password for ${site.SITE_NAME} was changed`,
  title: 'Your password was changed',
  recipient: name,
  body: [
    'Your password was just changed, and all other browsers were signed out.',
    'If this was you, there is nothing to do. If it was not, choose a new password right away:',
  ],
  action: { label: 'Choose a new password', url: `${site.APP_ORIGIN}${paths.passwordReset()}` },
})

export interface GoogleLinkedEmail {
  name: string
  googleEmail: string
}

export const googleLinkedContent = (site: Site, { name, googleEmail }: GoogleLinkedEmail): EmailContent => ({
  subject: `A Google account was linked to your account at ${site.SITE_NAME}`,
  title: 'A Google account was linked to your account',
  recipient: name,
  body: [
    `The Google account ${googleEmail} was just linked to your account. You can use it to sign in.`,
    'If this was you, there is nothing to do. If it was not, unlink Google on your account page right away, then change your password there:',
  ],
  action: { label: 'Go to your account', url: `${site.APP_ORIGIN}${paths.account()}` },
})

export const testContent = (site: Site, { name }: { name: string }): EmailContent => ({
  subject: `A test of the email of ${site.SITE_NAME}`,
  title: 'Email works',
  recipient: name,
  body: [
    'You asked for this email on the page that shows the health of the site. It has arrived, so email works.',
  ],
  action: { label: 'Back to the health of the site', url: `${site.APP_ORIGIN}${paths.adminHealth()}` },
})

export interface TwoFactorEmail {
  name: string
  change: 'on' | 'off' | 'new-codes' | 'recovery-code' | 'reset'
  /** After one was used. */
  codesLeft: number
}

const twoFactorWords: Record<TwoFactorEmail['change'], (email: TwoFactorEmail) => [string, string]> = {
  on: () => [
    'Two-factor sign-in is on',
    'Signing in to your account now asks for a code from your authenticator app, too. All other browsers were signed out.',
  ],
  off: () => [
    'Two-factor sign-in is off',
    'Two-factor sign-in was just switched off for your account. Your password or Google account is enough to sign in now.',
  ],
  'new-codes': () => [
    'You have new recovery codes',
    'New recovery codes were just made for your account. The earlier ones no longer work.',
  ],
  'recovery-code': ({ codesLeft }) => [
    'A recovery code was used to sign in',
    `Somebody just signed in to your account with a recovery code. ${count(codesLeft, 'code')} left${
      codesLeft <= fewRecoveryCodes ? ': make new ones on your account page.' : '.'
    }`,
  ],
  reset: () => [
    'Two-factor sign-in was reset',
    'The team that runs this site has switched off two-factor sign-in for your account and signed you out everywhere. Set it up again after you sign in.',
  ],
}

export const twoFactorContent = (site: Site, email: TwoFactorEmail): EmailContent => {
  const [title, text] = twoFactorWords[email.change](email)
  return {
    subject: `${title} at ${site.SITE_NAME}`,
    title,
    recipient: email.name,
    body: [
      text,
      'If you know about this, there is nothing to do. If not, choose a new password right away, then write to the team that runs this site:',
    ],
    action: { label: 'Choose a new password', url: `${site.APP_ORIGIN}${paths.passwordReset()}` },
  }
}
