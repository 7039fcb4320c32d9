import { Hono, type MiddlewareHandler } from 'hono'
import { EarningsPage } from '../../../views/teach/earnings'
import { listSales, earnings as readEarnings } from '../../models/teach/earnings'
import { csv, plainRupees } from '../../rules/csv'
import { periodFrom, saleState } from '../../rules/teach/earnings'
import { dateIn } from '../../rules/teach/earnings-days'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import type { Env } from '../../web/env'
import { go, show } from '../../web/html'

/** Who does not teach yet is invited to, as everywhere in the studio. */
const instructorsOnly: MiddlewareHandler<Env> = async (c, next) => {
  const { role } = await signedIn(c)
  if (role === 'student') return go(c, urls.teach)
  await next()
}

export const earnings = new Hono<Env>()
  .get(urls.earnings(), instructorsOnly, async (c) => {
    const services = c.get('services')
    const viewer = await signedIn(c)
    const period = periodFrom(c.req.query('days'))
    const found = await readEarnings(services, viewer.id, period)
    return show(c, { title: 'Earnings', page: <EarningsPage earnings={found} period={period} /> })
  })
  .get(urls.earningsCsv(), instructorsOnly, async (c) => {
    const services = c.get('services')
    const viewer = await signedIn(c)
    const period = periodFrom(c.req.query('days'))
    const date = dateIn(services.config.TIME_ZONE)
    const sales = await listSales(services, viewer.id, period)
    const lines = sales.map((sale) => [
      date(sale.soldAt),
      sale.course,
      plainRupees(sale.pricePaise),
      saleState(sale),
      plainRupees(sale.refundedPaise),
    ])
    const heading = ['Date', 'Course', 'Price paid (INR)', 'State', 'Refunded (INR)']
    return c.body(csv([heading, ...lines]), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="sales-${date(services.now())}-${period}-days.csv"`,
    })
  })
