import { Hono, type MiddlewareHandler } from 'hono'
import { OverviewPage } from '../../../views/admin/overview'
import { overview } from '../../models/admin/overview'
import { urls } from '../../urls'
import { signedInAs } from '../../web/auth'
import type { Env } from '../../web/env'
import { show } from '../../web/html'
import { adminCategories } from './categories'
import { adminPeople } from './people'

/** For everyone else there is nothing here, not even a form that could be wrong. */
const adminFirst: MiddlewareHandler<Env> = async (c, next) => {
  await signedInAs(c, 'admin')
  await next()
}

export const admin = new Hono<Env>()
  .use(`${urls.admin}/*`, adminFirst)
  .get(urls.admin, async (c) => {
    const services = c.get('services')
    return show(c, {
      title: 'Administration',
      page: (
        <OverviewPage
          overview={await overview(services)}
          now={services.now()}
          timeZone={services.config.TIME_ZONE}
        />
      ),
    })
  })
  .route('/', adminCategories)
  .route('/', adminPeople)
