import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Layout } from '../../views/layout'
import { paths } from '../paths'
import { imageUrl } from '../services'
import { asset } from './assets'
import { leaveNotice, takeNotice, theme } from './cookies'
import type { AppContext } from './env'
import { type PolicyKind, setPolicy } from './policy'
import { userOf } from './session'

/** The one file that knows htmx: which requests want a part, and the headers that steer it. */

export interface Page {
  title: string
  description?: string
  /** Path of the page when it stands under several addresses. */
  canonical?: string
  page: Child
  /** What changes in place; htmx gets it alone. A page without parts is always whole. */
  part?: Child
  /** What the address bar says once the part stands, where a form would leave empty parameters in it. */
  address?: string
  status?: ContentfulStatusCode
  policy?: PolicyKind
  /** Entries of src/browser beside app.ts. */
  scripts?: string[]
  search?: string
  /** Without navigation: where one thing is to be done. */
  plain?: boolean
  /** With navigation, but no search box: for lessons. */
  withoutSearch?: boolean
}

export const isPartial = (c: AppContext): boolean => c.req.header('HX-Request-Type') === 'partial'
const isHtmx = (c: AppContext): boolean => c.req.header('HX-Request') === 'true'

/** Answers with the part that htmx asked for, or else with the whole page. */
export async function show(c: AppContext, page: Page): Promise<Response> {
  c.status(page.status ?? 200)
  if (page.part !== undefined && isPartial(c)) {
    if (page.address) c.header('HX-Replace-Url', page.address)
    return c.html(
      <>
        <title>{`${page.title} · ${c.get('services').config.SITE_NAME}`}</title>
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
      withoutSearch={page.withoutSearch}
      unverified={await unverified(c)}
      notice={takeNotice(c)}
      bodyAttributes={{ ...bodyAttributes, ...(user && { 'data-session': user.sessionId }) }}
    >
      {page.page}
    </Layout>
  )
  return c.html(html`<!doctype html>${document}`)
}

/** The address to remind of: everywhere but where it is the page's own matter. */
async function unverified(c: AppContext): Promise<string | undefined> {
  const user = await userOf(c)
  if (!user || user.isVerified || !c.get('services').mail || c.req.path === paths.verifyEmail())
    return undefined
  return user.email
}

/** htmx swaps whatever comes back; of the errors only 409 and 422 are something to show in place. */
const bodyAttributes = Object.fromEntries(
  ['400', '401', '403', '404', '413', '429', '5xx'].map((status) => [
    `hx-status:${status}:inherited`,
    'swap:none',
  ]),
)

/** Leaves for another page of this site, whoever asked. */
export function go(c: AppContext, path: string): Response {
  if (!isHtmx(c)) return c.redirect(path, 303)
  return c.body(null, 204, { 'HX-Redirect': path })
}

/** What follows a change that was made. */
export interface Change {
  /** Says that it is done: beside the part, or on the page that follows. */
  notice: string
  /** The page that shows the change. */
  to: string
  /** For htmx: what has changed on the page, as a whole answer. */
  part?: () => Response | Promise<Response>
  /** Whether the part itself shows that it is done, so that only a screen reader needs to hear it. */
  isShown?: boolean
}

/** Answers a change: htmx gets the part and hears the notice, everybody else is led to the page that says it. */
export function changed(c: AppContext, { notice, to, part, isShown }: Change): Response | Promise<Response> {
  if (part && isPartial(c)) {
    trigger(c, isShown ? { announce: { text: notice } } : { toast: { kind: 'success', text: notice } })
    return part()
  }
  leaveNotice(c, { kind: 'success', text: notice })
  return go(c, to)
}

/** Fires an event in the page; htmx wants the header in ASCII. */
export function trigger(c: AppContext, events: Record<string, unknown>): void {
  const json = JSON.stringify(events)
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  c.header('HX-Trigger', ascii)
}
