import { type Path, paths } from '../paths'
import { leaveNotice } from './cookies'
import type { AppContext } from './env'
import { go } from './html'
import { twoFactorDeadlineOf } from './two-factor-deadline'

/** Where an administrator without two factors goes instead; the rest of the site stays open to them. */
export async function setUpFirst(c: AppContext, { access }: Path): Promise<Response | null> {
  if (!access.startsWith('admin')) return null
  const by = await twoFactorDeadlineOf(c)
  if (!by || by > c.var.services.now()) return null
  leaveNotice(c, { kind: 'error', text: 'Administrators need two-factor sign-in. Set it up to go on.' })
  return go(c, paths.twoFactor())
}

/** The second step came too late, or without the first. */
export function startAgain(c: AppContext, next: string | undefined): Response {
  if (c.req.method === 'POST')
    leaveNotice(c, { kind: 'error', text: 'Signing in took too long. Please start again.' })
  return go(c, paths.signIn({ next }))
}
