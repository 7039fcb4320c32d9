import { paths } from '../../src/paths'
import { LetterAction, LetterSheet, type Site } from './letter'

export interface GoogleLinkedLetterData {
  name: string
  /** The address of the Google account. */
  googleEmail: string
}

export function GoogleLinkedLetter({ site, name, googleEmail }: GoogleLinkedLetterData & { site: Site }) {
  return (
    <LetterSheet siteName={site.SITE_NAME} title="A Google account was linked to your account">
      <p>Hello {name},</p>
      <p>{whatHappened(googleEmail)}</p>
      <p>{notYou}</p>
      <LetterAction href={link(site)}>Go to your account</LetterAction>
    </LetterSheet>
  )
}

export const googleLinkedText = (
  site: Site,
  { name, googleEmail }: GoogleLinkedLetterData,
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
