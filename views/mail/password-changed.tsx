import { paths } from '../../src/paths'
import { LetterAction, LetterSheet, type Site } from './letter'

export interface PasswordChangedLetterData {
  name: string
}

export function PasswordChangedLetter({ site, name }: PasswordChangedLetterData & { site: Site }) {
  return (
    <LetterSheet siteName={site.SITE_NAME} title="Your password was changed">
      <p>Hello {name},</p>
      <p>{whatHappened}</p>
      <p>{notYou}</p>
      <LetterAction href={link(site)}>Choose another password</LetterAction>
    </LetterSheet>
  )
}

export const passwordChangedText = (
  site: Site,
  { name }: PasswordChangedLetterData,
): string => `Hello ${name},

${whatHappened}

${notYou}
${link(site)}

${site.SITE_NAME}
`

const link = (site: Site) => `${site.APP_ORIGIN}${paths.passwordReset()}`
const whatHappened = 'your password was changed just now, and every other browser was signed out.'
const notYou = 'If that was you, all is well. If it was not, choose another password at once:'
