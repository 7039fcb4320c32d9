import type { Earnings } from '../../src/models/teach/earnings'
import { paths } from '../../src/paths'
import { count, day, rupees } from '../../src/rules/format'
import { type Figures, netOf } from '../../src/rules/purchases/money'
import { Icon } from '../parts/icon'
import { ProgressBar } from '../parts/progress'
import { Table } from '../parts/table'
import { Badge } from '../parts/text'

export interface SpansProps {
  spans: Earnings['spans']
  unit: 'day' | 'week'
}

export function Days({ spans, unit }: SpansProps) {
  const shown = spans
    .filter(({ sales, freeJoins, refundedPaise }) => sales > 0 || freeJoins > 0 || refundedPaise > 0)
    .reverse()
  return (
    <section class="stack" id="days">
      <h2>Every {unit} in numbers</h2>
      <details class="fold" open={shown.length <= 10}>
        <summary>
          <Icon name="chevron-right" /> {count(shown.length, unit)} with sales, refunds or joins
        </summary>
        <Table
          caption={`Sales by ${unit}`}
          hideCaption
          columns={[{ label: unit === 'day' ? 'Day' : 'Week from' }, ...amounts]}
          rows={shown.map((span) => ({ cells: [day(new Date(span.date), 'UTC'), ...amountsOf(span)] }))}
        />
      </details>
      <p class="soft label-size">A refund counts in the {unit} it was made.</p>
    </section>
  )
}

export function Courses({ courses }: Pick<Earnings, 'courses'>) {
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
              <a href={paths.teachCourse(course.id)}>{course.title}</a>
            ),
            ...amountsOf(course),
            <Progress course={course} />,
          ],
        }))}
      />
      <p class="soft label-size">
        Progress is the average of all current students of the course, whenever they joined.
      </p>
    </section>
  )
}

const amounts = ['Sold', 'Sales', 'Refunded', 'Net'].map((label) => ({
  label,
  align: 'end' as const,
}))

const amountsOf = (figures: Figures) => [
  <>
    {figures.sales.toLocaleString('en-IN')}
    {figures.freeJoins > 0 ? (
      <span class="small soft nowrap"> and {figures.freeJoins.toLocaleString('en-IN')} free</span>
    ) : null}
  </>,
  ...[figures.soldPaise, figures.refundedPaise, netOf(figures)].map((paise) => (
    <span class="nowrap">{rupees(paise)}</span>
  )),
]

function Progress({ course: { title, completion } }: { course: Earnings['courses'][number] }) {
  if (!completion) return <span class="soft">No students yet</span>
  if (completion.averagePercent === null) return <span class="soft">No lessons yet</span>
  return (
    <>
      <ProgressBar percent={completion.averagePercent} label={`Average progress in ${title}`} />
      <span class="small soft">
        {completion.finishedPercent}% of {completion.students.toLocaleString('en-IN')} finished
      </span>
    </>
  )
}
