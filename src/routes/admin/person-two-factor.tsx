import { Hono } from 'hono'
import * as z from 'zod'
import { AppError } from '../../errors'
import { resetTwoFactor } from '../../models/admin/two-factor-reset'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason } from './fields'
import { type PersonContext, showPerson } from './person-page'

const ResetForm = z.object({ reason: Reason, password: Password })

const refuse = (c: PersonContext, { values, errors }: FormProblem) =>
  showPerson(c, { twoFactor: { action: paths.personTwoFactorDelete(c.var.person.id), values, errors } })

export const personTwoFactor = new Hono<Env>().post(
  ...on(paths.personTwoFactorDelete),
  form(ResetForm, refuse),
  async (c) => {
    const { services, user, person } = c.var
    if (person.id === user.id)
      throw new AppError('forbidden', 'Switch your own off on your account page. Nothing has changed.')
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuse(c, problem)
    const { name, wasOn } = await resetTwoFactor(services, user.id, person.id, typed.reason)
    const notice = wasOn
      ? `Two-factor sign-in of ${name} is off, and they are signed out everywhere.`
      : `${name} has no two-factor sign-in. Nothing has changed.`
    return changed(c, { notice, to: paths.person(person.id) })
  },
)
