import { Hono } from 'hono'
import { exportAccount } from '../../models/account/export'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import type { Env } from '../../web/env'

export const accountExport = new Hono<Env>().get(urls.accountExport, async (c) => {
  const { id } = await signedIn(c)
  const services = c.get('services')
  const data = await exportAccount(services, id)
  const day = services.now().toISOString().slice(0, 10)
  return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="account-${day}.json"`,
  })
})
