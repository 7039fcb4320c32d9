import { readCookie, theme } from './cookies'
import type { AppContext } from './env'
import { isPersonal } from './session'

const alike = 'max-age=0, must-revalidate'
/** Of a page that all visitors see alike; a cache on the way asks again after a second. */
export const sharedCaching = `public, s-maxage=1, ${alike}`
/** The same, in colours that somebody chose. */
const themedCaching = `private, ${alike}`

export const isSharedCaching = (said: string | null): boolean =>
  said === sharedCaching || said === themedCaching

/** Called before anything of one person's was put into the page. */
export function shareWithAll(c: AppContext): void {
  c.header('Vary', 'Cookie', { append: true })
  if (isPersonal(c) || readCookie(c, 'notice')) return
  c.header('Cache-Control', theme(c) ? themedCaching : sharedCaching)
}

/** Nobody keeps what is one person's, or Back would show it after signing out. */
export function setCaching(c: AppContext): void {
  const said = c.res.headers.get('Cache-Control')
  if (said?.startsWith('public')) return
  if (isPersonal(c)) c.header('Cache-Control', 'private, no-store')
  else if (!said) c.header('Cache-Control', 'private, no-cache')
}
