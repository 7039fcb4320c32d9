import { Hono } from 'hono'
import { exportAccount } from '../../models/account/export'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'

export const accountExport = new Hono<Env>().get(...on(paths.accountExport), async (c) => {
  const { services, user } = c.var
  const data = await exportAccount(services, user.id)
  const day = services.now().toISOString().slice(0, 10)
  return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="account-${day}.json"`,
  })
})
