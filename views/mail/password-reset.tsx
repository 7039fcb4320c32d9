import { paths } from '../../src/paths'
import { EmailAction, EmailSheet, type Site } from './email'

export interface PasswordResetEmailData {
  /** Null where only links are sent. */
  code: string | null
  codeSeconds: number
  token: string
}

const digits = 'margin:24px 0;font:600 32px/1.2 ui-monospace,monospace;email-spacing:6px'

export function PasswordResetEmail({
  site,
  code,
  codeSeconds,
  token,
}: PasswordResetEmailData & { site: Site }) {
  return (
    <EmailSheet siteName={site.SITE_NAME} title="Choose a new password">
      {code ? (
        <>
          <p>Your code, for the page where you asked for it:</p>
          <p style={digits}>{code}</p>
          <p>{codeLife(codeSeconds)} You can open this link instead:</p>
        </>
      ) : (
        <p>Open this link to choose a new password:</p>
      )}
      <EmailAction href={link(site, token)}>Choose a new password</EmailAction>
      <p>{linkLife}</p>
      <p>{notYou}</p>
    </EmailSheet>
  )
}

export const passwordResetText = (
  site: Site,
  { code, codeSeconds, token }: PasswordResetEmailData,
): string => `${
  code
    ? `${code} is your code, for the page where you asked for it.
${codeLife(codeSeconds)} You can open this link instead:`
    : 'Open this link to choose a new password:'
}
${link(site, token)}

${linkLife}

${notYou}

${site.SITE_NAME}
`

const link = (site: Site, token: string) => `${site.APP_ORIGIN}${paths.passwordResetLink({ token })}`
const codeLife = (seconds: number) => `It is good for ${seconds} seconds after this mail was sent.`
const linkLife = 'The link works once, within 15 minutes, in any browser.'
const notYou =
  'If you did not ask for this, you need not do anything: your password stays as it is. Give neither the code nor the link to anybody; we never ask for them.'
