import { Hono } from 'hono'
import { EarningsPage } from '../../../views/teach/earnings'
import { findEarnings, listSales } from '../../models/teach/earnings'
import { paths } from '../../paths'
import { csv, plainRupees } from '../../rules/csv'
import { periodFrom, saleState } from '../../rules/teach/earnings'
import { dateIn } from '../../rules/teach/earnings-days'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const earnings = new Hono<Env>()
  .get(...on(paths.earnings), async (c) => {
    const { services, user } = c.var
    const period = periodFrom(c.req.query('days'))
    const found = await findEarnings(services, user.id, period)
    return show(c, { title: 'Earnings', page: <EarningsPage earnings={found} period={period} /> })
  })
  .get(...on(paths.earningsCsv), async (c) => {
    const { services, user } = c.var
    const period = periodFrom(c.req.query('days'))
    const date = dateIn(services.config.TIME_ZONE)
    const sales = await listSales(services, user.id, period)
    const rows = sales.map((sale) => [
      date(sale.soldAt),
      sale.course,
      plainRupees(sale.pricePaise),
      saleState(sale),
      plainRupees(sale.refundedPaise),
    ])
    const heading = ['Date', 'Course', 'Price paid (INR)', 'State', 'Refunded (INR)']
    return c.body(csv([heading, ...rows]), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="sales-${date(services.now())}-${period}-days.csv"`,
    })
  })
