import type { AppContext } from './env'
import { isPersonal } from './session'

/** Nobody keeps what is one person's, or Back would show it after signing out. */
export function setCaching(c: AppContext): void {
  const said = c.res.headers.get('Cache-Control')
  if (said?.startsWith('public')) return
  if (isPersonal(c)) c.header('Cache-Control', 'private, no-store')
  else if (!said) c.header('Cache-Control', 'private, no-cache')
}
