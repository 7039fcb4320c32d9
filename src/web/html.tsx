import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Layout } from '../../views/layout'
import { paths } from '../paths'
import { imageUrl } from '../services'
import { asset } from './assets'
import { shareWithAll } from './caching'
import { leaveNotice, takeNotice, theme } from './cookies'
import type { AppContext } from './env'
import { type PolicyKind, setPolicy } from './policy'
import { userOf } from './session'
import { twoFactorDeadlineOf } from './two-factor-deadline'

/** The one file that knows htmx. */

export interface Page {
  title: string
  description?: string
  canonical?: string
  page: Child
  /** htmx gets it alone; a page without parts is always whole. */
  part?: Child
  /** The part takes this one's place, not that of what the request was for. */
  target?: string
  /** Without it a form would leave empty parameters in the address bar. */
  address?: string
  status?: ContentfulStatusCode
  policy?: PolicyKind
  /** Loads the page again, where no scripts run. */
  refreshSeconds?: number | null
  scripts?: string[]
  search?: string
  plain?: boolean
  withoutSearch?: boolean
  /** Visitors without a session all see the same. */
  isShared?: boolean
}

export const isPartial = (c: AppContext): boolean => c.req.header('HX-Request-Type') === 'partial'
const isHtmx = (c: AppContext): boolean => c.req.header('HX-Request') === 'true'

export async function show(c: AppContext, page: Page): Promise<Response> {
  c.status(page.status ?? 200)
  if (page.isShared) shareWithAll(c)
  if (page.part !== undefined && isPartial(c)) {
    if (page.address) c.header('HX-Replace-Url', page.address)
    if (page.target) c.header('HX-Retarget', page.target)
    return c.html(
      <>
        <title>{`${page.title} · ${c.var.services.config.SITE_NAME}`}</title>
        {page.part}
      </>,
    )
  }
  setPolicy(c, page.policy ?? 'page')
  const { config } = c.var.services
  const user = await userOf(c)
  const document = (
    <Layout
      title={page.title}
      description={page.description}
      canonical={page.canonical && `${config.APP_ORIGIN}${page.canonical}`}
      user={
        user && {
          name: user.name,
          role: user.role,
          imageUrl: imageUrl(c.var.services, user.imageKey),
        }
      }
      siteName={config.SITE_NAME}
      theme={theme(c)}
      path={`${c.req.path}${new URL(c.req.url).search}`}
      assets={{ css: asset('app.css'), scripts: ['app.js', ...(page.scripts ?? [])].map(asset) }}
      search={page.search}
      plain={page.plain}
      refreshSeconds={page.refreshSeconds}
      withoutSearch={page.withoutSearch}
      unverified={await unverified(c)}
      twoFactor={await twoFactorReminder(c)}
      notice={takeNotice(c)}
      bodyAttributes={{ ...bodyAttributes, ...(user && { 'data-session': user.sessionId }) }}
    >
      {page.page}
    </Layout>
  )
  return c.html(html`<!doctype html>${document}`)
}

async function unverified(c: AppContext): Promise<string | undefined> {
  const user = await userOf(c)
  if (!user || user.isVerified || !c.var.services.mail || c.req.path === paths.verifyEmail()) return undefined
  return user.email
}

async function twoFactorReminder(c: AppContext) {
  const by = await twoFactorDeadlineOf(c)
  if (!by || c.req.path === paths.twoFactor()) return undefined
  const { config, now } = c.var.services
  return { by, isOver: by <= now(), timeZone: config.TIME_ZONE }
}

/**
 * htmx swaps whatever comes back; of the errors only 409 and 422 are something to show in place.
 */
const bodyAttributes = Object.fromEntries(
  ['400', '401', '403', '404', '413', '429', '5xx'].map((status) => [
    `hx-status:${status}:inherited`,
    'swap:none',
  ]),
)

export function go(c: AppContext, path: string): Response {
  if (!isHtmx(c)) return c.redirect(path, 303)
  return c.body(null, 204, { 'HX-Redirect': path })
}

/** What is on the page stays, and so does the focus. */
export const unchanged = (c: AppContext): Response => c.body(null, 204)

export interface Change {
  notice: string
  to: string
  part?: () => Response | Promise<Response>
  /** Then only a screen reader needs to hear the notice. */
  isShown?: boolean
}

export function changed(c: AppContext, { notice, to, part, isShown }: Change): Response | Promise<Response> {
  if (part && isPartial(c)) {
    trigger(c, isShown ? { announce: { text: notice } } : { toast: { kind: 'success', text: notice } })
    return part()
  }
  leaveNotice(c, { kind: 'success', text: notice })
  return go(c, to)
}

/** htmx wants the header in ASCII. */
export function trigger(c: AppContext, events: Record<string, unknown>): void {
  const json = JSON.stringify(events)
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  c.header('HX-Trigger', ascii)
}
