import { paths } from '../../src/paths'
import { EmailAction, EmailSheet, type Site } from './email'

export interface VerifyAddressEmailData {
  email: string
  token: string
}

export function VerifyAddressEmail({ site, email, token }: VerifyAddressEmailData & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title="Confirm your e-mail address">
      <p>
        An account at {site.SITE_NAME} was made with {email}. Confirm that the address is yours.
      </p>
      <EmailAction href={link(site, token)}>Confirm address</EmailAction>
      <p>{validity}</p>
      <p>{notYou}</p>
    </EmailSheet>
  )
}

export const verifyAddressText = (
  site: Site,
  { email, token }: VerifyAddressEmailData,
): string => `An account at ${site.SITE_NAME} was made with ${email}. Confirm that the address is yours:
${link(site, token)}

${validity}

${notYou}

${site.SITE_NAME}
`

const link = (site: Site, token: string) => `${site.APP_ORIGIN}${paths.verifyEmail({ token })}`
const validity =
  'The link works once, within 24 hours. In a browser where you are not signed in it asks for your password.'
const notYou =
  'If you did not make this account, you need not do anything. Or open the link and choose a new password: then the account is yours, and nobody else gets in.'
