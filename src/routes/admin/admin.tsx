import { Hono } from 'hono'
import { OverviewPage } from '../../../views/admin/overview'
import { overview } from '../../models/admin/overview'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { adminCategories } from './categories'
import { adminPeople } from './people'

export const admin = new Hono<Env>()
  .get(...on(paths.admin), async (c) => {
    const { services } = c.var
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
