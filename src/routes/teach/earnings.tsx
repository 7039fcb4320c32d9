import { Hono } from 'hono'
import { EarningsPage } from '../../../views/teach/earnings'
import { listMoneyLines } from '../../models/purchases/money-list'
import { findEarnings, spanOf } from '../../models/teach/earnings'
import { paths } from '../../paths'
import { csv } from '../../rules/csv'
import { monthOf, yearOf } from '../../rules/purchases/financial-year'
import { reportRows } from '../../rules/purchases/report'
import { periodFrom, periodName } from '../../rules/teach/earnings'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const earnings = new Hono<Env>()
  .get(...on(paths.earnings), async (c) => {
    const { services, user } = c.var
    const period = periodFrom(c.req.query())
    const found = await findEarnings(services, user.id, period)
    const now = services.now()
    const today = { month: monthOf(now), year: yearOf(now) }
    return show(c, {
      title: 'Earnings',
      page: <EarningsPage earnings={found} period={period} today={today} />,
    })
  })
  .get(...on(paths.earningsCsv), async (c) => {
    const { services, user } = c.var
    const period = periodFrom(c.req.query())
    const lines = await listMoneyLines(services, spanOf(services, period), user.id)
    return c.body(csv(reportRows(lines, { withBuyer: false })), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="earnings-${periodName(period)}.csv"`,
    })
  })
