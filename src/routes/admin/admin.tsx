import { Hono } from 'hono'
import { OverviewPage } from '../../../views/admin/overview'
import { findOverview } from '../../models/admin/overview'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { adminAudit } from './audit'
import { adminCategories } from './categories'
import { adminCourses } from './courses'
import { adminDisputes } from './disputes'
import { adminHealth } from './health'
import { adminJobs } from './jobs'
import { adminOrders } from './orders'
import { adminPayments } from './payments'
import { adminPeople } from './people'
import { adminRefundRequests } from './refund-requests'
import { adminReports } from './reports'
import { adminWebhooks } from './webhooks'

export const admin = new Hono<Env>()
  .get(...on(paths.admin), async (c) => {
    const { services } = c.var
    const overview = await findOverview(services)
    const { TIME_ZONE } = services.config
    return show(c, {
      title: 'Administration',
      page: <OverviewPage overview={overview} now={services.now()} timeZone={TIME_ZONE} />,
    })
  })
  .route('/', adminCategories)
  .route('/', adminPeople)
  .route('/', adminOrders)
  .route('/', adminRefundRequests)
  .route('/', adminPayments)
  .route('/', adminDisputes)
  .route('/', adminJobs)
  .route('/', adminWebhooks)
  .route('/', adminHealth)
  .route('/', adminCourses)
  .route('/', adminAudit)
  .route('/', adminReports)
