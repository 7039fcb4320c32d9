import { paths } from '../../src/paths'
import { EmailAction, EmailSheet, type Site } from './email'

export interface GoogleLinkedEmailData {
  name: string
  /** The address of the Google account. */
  googleEmail: string
}

export function GoogleLinkedEmail({ site, name, googleEmail }: GoogleLinkedEmailData & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title="A Google account was linked to your account">
      <p>Hello {name},</p>
      <p>{whatHappened(googleEmail)}</p>
      <p>{notYou}</p>
      <EmailAction href={link(site)}>Go to your account</EmailAction>
    </EmailSheet>
  )
}

export const googleLinkedText = (
  site: Site,
  { name, googleEmail }: GoogleLinkedEmailData,
): string => `Hello ${name},

${whatHappened(googleEmail)}

${notYou}
${link(site)}

${site.SITE_NAME}
`

const link = (site: Site) => `${site.APP_ORIGIN}${paths.account()}`
const whatHappened = (googleEmail: string) =>
  `the Google account ${googleEmail} was linked to your account just now and can be used to sign in to it.`
const notYou =
  'If that was you, all is well. If it was not, unlink Google on your account page at once, then change your password there:'
