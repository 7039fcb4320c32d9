/** The names are those of the configuration. */
export interface Site {
  APP_ORIGIN: string
  SITE_NAME: string
  TIME_ZONE: string
}

export interface EmailContent {
  subject: string
  title: string
  recipient: string
  body: (string | { code: string })[]
  action: { label: string; url: string }
  notes?: string[]
  /** Null values are left out. */
  details?: Record<string, string | null>
}

/** A name with a link in it is not repeated: anybody can sign up with somebody else's address. */
const greeting = (name: string) => (/[/:@]|\.\S/.test(name) ? 'Hello,' : `Hello ${name},`)

const detailsOf = ({ details = {} }: EmailContent) =>
  Object.entries(details).filter((entry): entry is [string, string] => entry[1] !== null)

export function emailText({ recipient, body, action, notes = [], ...email }: EmailContent, site: Site) {
  const paragraphs = body.map((one) => (typeof one === 'string' ? one : one.code))
  const details = detailsOf({ recipient, body, action, ...email }).map(
    ([label, value]) => `${label}: ${value}`,
  )
  return `${[greeting(recipient), ...paragraphs].join('\n\n')}
${action.url}

${[...notes, ...(details.length > 0 ? [details.join('\n')] : []), site.SITE_NAME].join('\n\n')}
`
}

const styles = {
  body: 'margin:0;padding:24px;background:#f6f7f7;color:#1a2224;font:16px/1.6 system-ui,sans-serif',
  sheet: 'max-width:34rem;margin:0 auto;padding:32px;background:#fff;border-radius:12px',
  siteName: 'margin:0 0 16px;color:#5a6668',
  title: 'margin:0 0 16px;font-size:22px;line-height:1.3',
  code: 'margin:24px 0;font:600 32px/1.2 ui-monospace,monospace;letter-spacing:6px',
  action:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b62;color:#fff;text-decoration:none;font-weight:600',
}

/** Everything inline, because many mail programs drop stylesheets. */
export function EmailPage({ email, site }: { email: EmailContent; site: Site }) {
  const { title, recipient, body, action, notes = [] } = email
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
      </head>
      <body style={styles.body}>
        <div style={styles.sheet}>
          <p style={styles.siteName}>{site.SITE_NAME}</p>
          <h1 style={styles.title}>{title}</h1>
          <p>{greeting(recipient)}</p>
          {body.map((one) =>
            typeof one === 'string' ? <p>{one}</p> : <p style={styles.code}>{one.code}</p>,
          )}
          <p style="margin:24px 0">
            <a href={action.url} style={styles.action}>
              {action.label}
            </a>
          </p>
          {notes.map((note) => (
            <p>{note}</p>
          ))}
          {detailsOf(email).map(([label, value]) => (
            <div>
              {label}: {/^https?:/.test(value) ? <a href={value}>{value}</a> : value}
            </div>
          ))}
        </div>
      </body>
    </html>
  )
}
