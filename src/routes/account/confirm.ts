import * as z from 'zod'
import { confirmAgain } from '../../models/account/confirmation'
import { clientOf } from '../../web/client'
import type { AppContext } from '../../web/env'
import type { FormProblem } from '../../web/forms'
import type { GuardedContext } from '../../web/guards/found'

export const Password = z.string().optional()

const problems = {
  missing: 'Enter your password again: you typed it more than 15 minutes ago.',
  wrong: 'This is not your password.',
  'sign-in': 'Your account has no password. Sign out and in again, then repeat this.',
}

/** Null when the password was typed lately, or is right in this form. */
export async function passwordProblem(
  c: AppContext,
  form: Record<string, string | number | undefined> & { password?: string },
): Promise<FormProblem | null> {
  const { services, user } = (c as GuardedContext<'signedIn'>).var
  const confirmed = await confirmAgain(services, user, form.password ?? '', clientOf(c))
  if (confirmed === 'confirmed') return null
  const { password: _, ...rest } = form
  const values = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value ?? '')]))
  return { values, errors: { password: problems[confirmed] } }
}
