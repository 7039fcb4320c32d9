import { paths } from '../../src/paths'
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

export const testContent = (site: Site, { name }: { name: string }): EmailContent => ({
  subject: `A test of the email of ${site.SITE_NAME}`,
  title: 'Email works',
  recipient: name,
  body: [
    'You asked for this email on the page that shows the health of the site. It has arrived, so email works.',
  ],
  action: { label: 'Back to the health of the site', url: `${site.APP_ORIGIN}${paths.adminHealth()}` },
})
