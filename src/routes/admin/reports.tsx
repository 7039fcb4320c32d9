import { Hono } from 'hono'
import { ReportsPage } from '../../../views/admin/reports'
import { listMoneyLines } from '../../models/purchases/money-list'
import { paths } from '../../paths'
import { csv } from '../../rules/csv'
import { monthOf, yearOf } from '../../rules/purchases/financial-year'
import { reportRows } from '../../rules/purchases/report'
import { type Period, periodFrom, periodName } from '../../rules/teach/earnings'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

/** This month unless another one or a financial year is named. */
function spanFrom(query: Record<string, string>, now: Date): Extract<Period, { span: unknown }> {
  const period = periodFrom({ month: query.month, year: query.year })
  if (!('days' in period)) return period
  return spanFrom({ month: monthOf(now) }, now)
}

export const adminReports = new Hono<Env>()
  .get(...on(paths.reports), async (c) => {
    const { services } = c.var
    const now = services.now()
    const period = spanFrom(c.req.query(), now)
    const lines = await listMoneyLines(services, period.span)
    const today = { month: monthOf(now), year: yearOf(now) }
    return show(c, { title: 'Reports', page: <ReportsPage {...{ lines, period, today }} /> })
  })
  .get(...on(paths.reportsCsv), async (c) => {
    const { services } = c.var
    const period = spanFrom(c.req.query(), services.now())
    const lines = await listMoneyLines(services, period.span)
    return c.body(csv(reportRows(lines, { withBuyer: true })), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="report-${periodName(period)}.csv"`,
    })
  })
