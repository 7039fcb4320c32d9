import { paths } from '../../src/paths'
import { EmailAction, EmailSheet, type Site } from './email'

export interface PasswordChangedEmailData {
  name: string
}

export function PasswordChangedEmail({ site, name }: PasswordChangedEmailData & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title="Your password was changed">
      <p>Hello {name},</p>
      <p>{whatHappened}</p>
      <p>{notYou}</p>
      <EmailAction href={link(site)}>Choose another password</EmailAction>
    </EmailSheet>
  )
}

export const passwordChangedText = (site: Site, { name }: PasswordChangedEmailData): string => `Hello ${name},

${whatHappened}

${notYou}
${link(site)}

${site.SITE_NAME}
`

const link = (site: Site) => `${site.APP_ORIGIN}${paths.passwordReset()}`
const whatHappened = 'your password was changed just now, and every other browser was signed out.'
const notYou = 'If that was you, all is well. If it was not, choose another password at once:'
