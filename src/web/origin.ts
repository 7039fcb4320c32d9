import type { Path } from '../paths'
import type { AppContext } from './env'

/** Browsers name the site of the page that asks. */
export function isFromOtherSite(c: AppContext): boolean {
  if (c.req.method === 'GET') return false
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site !== 'same-origin'
  const origin = c.req.header('Origin')
  return origin !== undefined && origin !== c.var.services.config.APP_ORIGIN
}

/** Where to come back to after signing in. */
export function returnTo(c: AppContext, path: Path): string {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') return `${pathname}${search}`
  const referer = c.req.header('Referer')
  if (referer && URL.canParse(referer)) {
    const from = new URL(referer)
    if (from.origin === c.var.services.config.APP_ORIGIN) return `${from.pathname}${from.search}`
  }
  return path.formPage.replace(/:(\w+)/g, (_, name: string) => c.req.param(name as never) ?? '')
}
