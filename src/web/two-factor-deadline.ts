import { twoFactorDeadline } from '../rules/account/two-factor'
import type { AppContext } from './env'
import { userOf } from './session'

/** Of an administrator who has yet to set it up; null for everybody else. */
export async function twoFactorDeadlineOf(c: AppContext): Promise<Date | null> {
  const user = await userOf(c)
  return user && twoFactorDeadline(user, c.var.services.config)
}
