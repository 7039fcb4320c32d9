import { paths } from '../../src/paths'
import { count, monthName, rupees } from '../../src/rules/format'
import { indiaTimeZone } from '../../src/rules/purchases/financial-year'
import { netOf, settledPaise } from '../../src/rules/purchases/money'
import { kindName, type ReportLine, reportTotals } from '../../src/rules/purchases/report'
import { type Period, periodName, periodQuery } from '../../src/rules/teach/earnings'
import { ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { PeriodForms } from '../parts/period-forms'
import { Stats } from '../parts/stats'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { AdminHeader } from './header'

interface Props {
  lines: ReportLine[]
  period: Period
  today: { month: string; year: string }
}

const maxShown = 200

const nameOf = (period: Period): string => ('month' in period ? monthName(period.month) : periodName(period))

export function ReportsPage({ lines, period, today }: Props) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Reports"
        lead={`All sales and refunds in ${nameOf(period)}, by date in India.`}
        at={paths.reports()}
      />
      <div class="stack stack-large">
        <PeriodForms action={paths.reports()} period={period} today={today} />
        {lines.length === 0 ? (
          <EmptyState
            title="No sales or refunds"
            text={`Nothing was sold or refunded in ${nameOf(period)}.`}
          />
        ) : (
          <Report lines={lines} period={period} />
        )}
      </div>
    </div>
  )
}

function Report({ lines, period }: Omit<Props, 'today'>) {
  const total = reportTotals(lines)
  const facts = [
    ['Sales', `${total.sales.toLocaleString('en-IN')} for ${rupees(total.soldPaise)}`],
    ['Refunded', rupees(total.refundedPaise)],
    ['Net', rupees(netOf(total))],
    ['Tax included', rupees(total.taxPaise)],
    ['Fees', rupees(total.feePaise)],
    ['Settled by Razorpay', rupees(total.settledPaise)],
  ]
  return (
    <>
      <Stats facts={facts} id="totals" />
      <p>
        <ButtonLink href={paths.reportsCsv(periodQuery(period))}>Download CSV</ButtonLink>
      </p>
      <Table
        caption="Sales, refunds and lost disputes"
        columns={[
          ...['Date', 'Course', 'Payment and paper'].map((label) => ({ label })),
          ...['Sold', 'Refunded', 'Settled'].map((label) => ({ label, align: 'end' as const })),
        ]}
        rows={lines.slice(0, maxShown).map((line) => ({
          cells: [
            <>
              {kindName(line.kind)}, <When date={line.at} timeZone={indiaTimeZone} />
            </>,
            <span class="report-id">{line.course}</span>,
            <>
              <code class="report-id">{line.kind === 'sale' ? line.paymentId : line.id}</code>{' '}
              <span class="nowrap">{line.number ?? ''}</span>
            </>,
            ...[line.soldPaise, line.backPaise, settledPaise(line)].map((paise) =>
              paise === 0 ? null : <span class="nowrap">{rupees(paise)}</span>,
            ),
          ],
        }))}
      />
      {lines.length > maxShown ? (
        <p class="soft">
          The file has all {count(lines.length, 'line')}; here are the first {maxShown}.
        </p>
      ) : null}
    </>
  )
}
