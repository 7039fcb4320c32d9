import type { Browser } from '../models/account/session'
import { sessionToken } from './auth'
import type { AppContext } from './env'

/** Whose attempts are counted together, and which session a new one takes the place of. */
export const browserOf = (c: AppContext): Browser => ({
  address: c.get('runtime').address(c, c.get('services').config.TRUST_PROXY),
  device: c.req.header('User-Agent') ?? 'Unknown browser',
  token: sessionToken(c),
})
