import { Hono } from 'hono'
import * as z from 'zod'
import { ExportPage } from '../../../views/account/export'
import { neededConfirmation } from '../../models/account/confirmation'
import { exportAccount } from '../../models/account/export'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import type { SignedInContext } from './account-page'
import { Password, passwordProblem } from './confirm'

const ExportForm = z.object({ password: Password })

export const accountExport = new Hono<Env>()
  .get(...on(paths.accountExport), (c) => page(c))
  .post(...on(paths.accountExport), form(ExportForm, page), async (c) => {
    const { services, user } = c.var
    const problem = await passwordProblem(c, c.req.valid('form'))
    if (problem) return page(c, problem)
    const data = await exportAccount(services, user.id)
    const day = services.now().toISOString().slice(0, 10)
    return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="account-${day}.json"`,
    })
  })

async function page(c: SignedInContext, problem?: FormProblem): Promise<Response> {
  const { services, user } = c.var
  const confirmation = await neededConfirmation(services, user)
  return show(c, {
    title: 'Download your data',
    status: problem ? 422 : 200,
    page: <ExportPage email={user.email} {...{ confirmation }} error={problem?.errors.password} />,
  })
}
