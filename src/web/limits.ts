import type { Browser } from '../models/account/session'
import type { AppContext } from './env'
import { sessionToken } from './session'

/** Whose attempts are counted together, and which session a new one takes the place of. */
export const browserOf = (c: AppContext): Browser => ({
  address: c.get('runtime').ip(c, c.get('services').config.TRUST_PROXY),
  device: c.req.header('User-Agent') ?? 'Unknown browser',
  token: sessionToken(c),
})
