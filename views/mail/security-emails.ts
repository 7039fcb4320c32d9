import { paths } from '../../src/paths'
import { deviceInWords } from '../../src/rules/account/device'
import { type Role, roleNames } from '../../src/rules/account/roles'
import { fewRecoveryCodes } from '../../src/rules/account/two-factor'
import { count, moment } from '../../src/rules/format'
import type { EmailContent, Site } from './email'

/** By which its owner recognises what happened; missing in what an earlier version queued. */
interface Event {
  device?: string
  at?: Date
}

const detailsOf = (site: Site, { device, at }: Event) => ({
  When: at ? moment(at, site.TIME_ZONE) : null,
  Device: device === undefined ? null : deviceInWords(device),
})

const newPassword = (site: Site) => ({
  label: 'Choose a new password',
  url: `${site.APP_ORIGIN}${paths.passwordReset()}`,
})
const ownAccount = (site: Site) => ({
  label: 'Go to your account',
  url: `${site.APP_ORIGIN}${paths.account()}`,
})

export interface PasswordChangedEmail extends Event {
  name: string
}

export const passwordChangedContent = (
  site: Site,
  { name, ...event }: PasswordChangedEmail,
): EmailContent => ({
  subject: `Your password for ${site.SITE_NAME} was changed`,
  title: 'Your password was changed',
  recipient: name,
  body: [
    'Your password was just changed, and all other browsers were signed out.',
    'If this was you, there is nothing to do. If it was not, choose a new password right away:',
  ],
  action: newPassword(site),
  details: detailsOf(site, event),
})

export interface NewDeviceEmail extends Event {
  name: string
}

export const newDeviceContent = (site: Site, { name, ...event }: NewDeviceEmail): EmailContent => ({
  subject: `New sign-in to your account at ${site.SITE_NAME}`,
  title: 'New sign-in to your account',
  recipient: name,
  body: [
    'Somebody just signed in to your account in a browser that was not used for it before.',
    'If this was you, there is nothing to do. If it was not, choose a new password right away: that signs out every browser but yours.',
  ],
  action: newPassword(site),
  notes: ['We send this once for each browser. It also comes after cookies were deleted.'],
  details: detailsOf(site, event),
})

export interface GoogleChangedEmail extends Event {
  name: string
  googleEmail: string
}

export const googleLinkedContent = (
  site: Site,
  { name, googleEmail, ...event }: GoogleChangedEmail,
): EmailContent => ({
  subject: `A Google account was linked to your account at ${site.SITE_NAME}`,
  title: 'A Google account was linked to your account',
  recipient: name,
  body: [
    `The Google account ${googleEmail} was just linked to your account. You can use it to sign in.`,
    'If this was you, there is nothing to do. If it was not, unlink Google on your account page right away, then change your password there:',
  ],
  action: ownAccount(site),
  details: detailsOf(site, event),
})

export const googleUnlinkedContent = (
  site: Site,
  { name, googleEmail, ...event }: GoogleChangedEmail,
): EmailContent => ({
  subject: `Google was unlinked from your account at ${site.SITE_NAME}`,
  title: 'Google was unlinked from your account',
  recipient: name,
  body: [
    `${googleEmail ? `The Google account ${googleEmail}` : 'Your Google account'} was just unlinked: it does not open your account any more. Sign in with your password from now on.`,
    'If this was you, there is nothing to do. If it was not, choose a new password right away, then link Google again:',
  ],
  action: newPassword(site),
  details: detailsOf(site, event),
})

export interface TwoFactorEmail extends Event {
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
    action: newPassword(site),
    details: detailsOf(site, email),
  }
}

export interface RoleChangedEmail {
  name: string
  from: Role
  to: Role
  at: Date
}

const rights: Record<Role, string> = {
  student: 'You can no longer create or sell courses here. What you have bought stays yours.',
  instructor: 'You can create and sell courses.',
  admin: 'You can see and change everything on this site. Keep your password to yourself.',
}

export const roleChangedContent = (site: Site, { name, from, to, at }: RoleChangedEmail): EmailContent => ({
  subject: `Your role at ${site.SITE_NAME} was changed`,
  title: `You are now: ${roleNames[to]}`,
  recipient: name,
  body: [
    `Your role at ${site.SITE_NAME} was changed from ${roleNames[from]} to ${roleNames[to]}. ${rights[to]}`,
    'If you did not expect this, ask the team that runs this site:',
  ],
  action: ownAccount(site),
  details: detailsOf(site, { at }),
})
