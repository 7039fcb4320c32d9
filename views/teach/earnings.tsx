import type { Earnings } from '../../src/models/earnings'
import { type Figures, netOf, type Period, periods, total } from '../../src/rules/earnings'
import { count, day, rupees } from '../../src/rules/format'
import { urls } from '../../src/urls'
import { Badge } from '../parts/badge'
import { Breadcrumbs } from '../parts/breadcrumbs'
import { ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/empty-state'
import { PageHeader } from '../parts/page-header'
import { ProgressBar } from '../parts/progress-bar'
import { Table } from '../parts/table'
import { EarningsChart } from './earnings-chart'

export interface EarningsProps {
  earnings: Earnings
  period: Period
}

/** Sales of an instructor's own courses at the price really paid. */
export function EarningsPage({ earnings, period }: EarningsProps) {
  const { courses, spans, students } = earnings
  const sum = total(spans)
  const hasSales = sum.sales > 0 || sum.freeJoins > 0
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: urls.teach, label: 'Your courses' }]} />
      <PageHeader
        title="Earnings"
        lead="What students really paid for your courses, and how far they have come."
      >
        {hasSales ? <ButtonLink href={urls.earningsCsv(period)}>Download CSV</ButtonLink> : null}
      </PageHeader>
      {courses.length === 0 ? (
        <EmptyState
          title="Nothing to sell yet"
          text="Once a course of yours is on sale, its sales are counted here."
          icon="teach"
        >
          <ButtonLink href={urls.teach}>Go to your courses</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <Periods at={period} />
          <div class="stack stack-large">
            {hasSales ? (
              <Totals sum={sum} students={students} />
            ) : (
              <EmptyState
                title="No sales in this time"
                text={`Nobody bought or joined a course of yours in the last ${period} days.`}
              >
                {period === 365 ? null : <ButtonLink href={urls.earnings(365)}>Look back a year</ButtonLink>}
              </EmptyState>
            )}
            {hasSales ? <Sales spans={spans} unit={period === 365 ? 'week' : 'day'} /> : null}
            <Courses courses={courses} />
          </div>
        </>
      )}
    </div>
  )
}

function Periods({ at }: { at: Period }) {
  return (
    <nav class="tabs" aria-label="How far back">
      {periods.map((days) => (
        <a href={urls.earnings(days)} aria-current={days === at ? 'page' : undefined}>
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
  return (
    <dl class="stats" id="totals">
      {facts.map(([what, value]) => (
        <div>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Sales({ spans, unit }: { spans: Earnings['spans']; unit: 'day' | 'week' }) {
  const busy = spans.filter(({ sales, freeJoins }) => sales > 0 || freeJoins > 0).reverse()
  return (
    <section class="stack" id="sales">
      <h2>Sales by {unit}</h2>
      {busy.some(({ sales }) => sales > 0) ? <EarningsChart spans={spans} unit={unit} /> : null}
      <Table
        caption={`Sales by ${unit}`}
        hideCaption
        columns={[{ label: unit === 'day' ? 'Day' : 'Week from' }, ...amounts]}
        rows={busy.map((span) => ({ cells: [day(new Date(span.date), 'UTC'), ...amountsOf(span)] }))}
      />
      <p class="soft label-size">
        A refund counts on the {unit} of its sale. A {unit} without sales is left out of the table.
      </p>
    </section>
  )
}

function Courses({ courses }: Pick<Earnings, 'courses'>) {
  return (
    <section class="stack" id="courses">
      <h2>Sales by course</h2>
      <Table
        caption="Sales by course"
        hideCaption
        columns={[{ label: 'Course' }, ...amounts, { label: 'Progress' }]}
        rows={courses.map((course) => ({
          cells: [
            course.isDeleted ? (
              <>
                {course.title} <Badge>Deleted</Badge>
              </>
            ) : (
              <a href={urls.teachCourse(course.id)}>{course.title}</a>
            ),
            ...amountsOf(course),
            <Progress course={course} />,
          ],
        }))}
      />
      <p class="soft label-size">
        Progress is the average of all students who have the course now, whenever they came.
      </p>
    </section>
  )
}

const amounts = ['Sold', 'Sales', 'Refunded', 'Net', 'Free joins'].map((label) => ({
  label,
  align: 'end' as const,
}))

const amountsOf = (figures: Figures) => [
  figures.sales.toLocaleString('en-IN'),
  ...[figures.soldPaise, figures.refundedPaise, netOf(figures)].map((paise) => (
    <span class="nowrap">{rupees(paise)}</span>
  )),
  figures.freeJoins.toLocaleString('en-IN'),
]

function Progress({ course: { title, completion } }: { course: Earnings['courses'][number] }) {
  if (!completion) return <span class="soft">No students yet</span>
  if (completion.averagePercent === null) return <span class="soft">No lessons yet</span>
  return (
    <>
      <ProgressBar percent={completion.averagePercent} label={`Average progress in ${title}`} />
      <span class="small soft">
        {completion.finishedPercent}% of {count(completion.students, 'student')} finished
      </span>
    </>
  )
}
