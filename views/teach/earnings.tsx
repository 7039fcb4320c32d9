import type { Earnings } from '../../src/models/teach/earnings'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { type Figures, netOf } from '../../src/rules/purchases/money'
import { isByWeek, type Period, periodQuery, periods, sumFigures } from '../../src/rules/teach/earnings'
import { ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { PeriodForms } from '../parts/period-forms'
import { Stats } from '../parts/stats'
import { EarningsChart } from './earnings-chart'
import { Courses, Days, type SpansProps } from './earnings-tables'

export interface EarningsProps {
  earnings: Earnings
  period: Period
  /** The month and the financial year of today. */
  today: { month: string; year: string }
}

export function EarningsPage({ earnings, period, today }: EarningsProps) {
  const { courses, spans, students } = earnings
  const sum = sumFigures(spans)
  const hasSales = sum.sales > 0 || sum.freeJoins > 0 || sum.refundedPaise > 0
  const unit = isByWeek(period) ? 'week' : 'day'
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.teach(), label: 'Your courses' }]} />
      <PageHeader title="Earnings" lead="What students paid for your courses, and how far they have come.">
        {hasSales ? (
          <ButtonLink href={paths.earningsCsv(periodQuery(period))}>Download CSV</ButtonLink>
        ) : null}
      </PageHeader>
      {courses.length === 0 ? (
        <EmptyState
          title="Nothing to sell yet"
          text="Once you publish a course, its sales are shown here."
          icon="teach"
        >
          <ButtonLink href={paths.teach()}>Go to your courses</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <Periods at={period} />
          <div class="stack stack-large">
            <PeriodForms action={paths.earnings()} period={period} today={today} />
            {hasSales ? <Totals sum={sum} students={students} /> : <NoSales period={period} />}
            {sum.sales > 0 || sum.refundedPaise > 0 ? <Sales spans={spans} unit={unit} /> : null}
            <Courses courses={courses} />
            {hasSales ? <Days spans={spans} unit={unit} /> : null}
          </div>
        </>
      )}
    </div>
  )
}

function NoSales({ period }: { period: Period }) {
  const days = 'days' in period ? period.days : null
  return (
    <EmptyState
      title="No sales in this period"
      text={`Nobody bought or joined one of your courses ${days ? `in the last ${days} days` : 'then'}.`}
    >
      {days === 365 ? null : <ButtonLink href={paths.earnings({ days: 365 })}>Look back a year</ButtonLink>}
    </EmptyState>
  )
}

function Periods({ at }: { at: Period }) {
  return (
    <nav class="tabs" aria-label="How far back">
      {periods.map((days) => (
        <a
          href={paths.earnings({ days })}
          aria-current={'days' in at && days === at.days ? 'page' : undefined}
        >
          {days} days
        </a>
      ))}
    </nav>
  )
}

function Totals({ sum, students }: { sum: Figures; students: number }) {
  const facts = [
    ['Sales', rupees(sum.soldPaise)],
    ['Refunded', rupees(sum.refundedPaise)],
    ['Net', rupees(netOf(sum))],
    ['Students', students.toLocaleString('en-IN')],
    ['Free joins', sum.freeJoins.toLocaleString('en-IN')],
  ]
  return <Stats facts={facts} id="totals" class="totals" />
}

function Sales({ spans, unit }: SpansProps) {
  return (
    <section class="stack" id="sales">
      <h2>Sales by {unit}</h2>
      <EarningsChart spans={spans} unit={unit} />
    </section>
  )
}
