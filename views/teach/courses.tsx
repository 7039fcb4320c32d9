import type { TeachCourseRow } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { count, price, rupees } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card, EmptyState } from '../parts/card'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { PublicationBadge } from './publication'

export interface TeachProps {
  courses: TeachCourseRow[]
  /** Refunds that buyers ask for. */
  refundRequests: number
  title?: string
  error?: string
  isUnverified?: boolean
}

export function TeachPage({ courses, refundRequests, title, error, isUnverified }: TeachProps) {
  return (
    <div class="wrap">
      <PageHeader title="Your courses">
        <ButtonLink href={paths.sales()}>Sales</ButtonLink>
        <ButtonLink href={paths.earnings()}>Earnings</ButtonLink>
      </PageHeader>
      <div class="stack stack-large">
        {refundRequests > 0 ? (
          <Notice kind="error" title={`${count(refundRequests, 'refund is', 'refunds are')} asked for`}>
            A buyer waits for an answer. <a href={paths.sales()}>See who asks</a>
          </Notice>
        ) : null}
        {courses.length === 0 ? (
          <EmptyState
            title="No courses yet"
            text="Enter a title for your first course below. Nobody sees it until you publish it."
            icon="teach"
          />
        ) : (
          <CourseTable courses={courses} />
        )}
        <Card title="New course">
          {isUnverified ? (
            <Notice kind="error">
              Verify your email address before you create courses.{' '}
              <a href={paths.verifyEmail()}>Verify my email</a>
            </Notice>
          ) : null}
          <form class="form measure" method="post" action={paths.teachCourses()} novalidate>
            <Field
              label="Title"
              name="title"
              value={title}
              error={error}
              hint="What students will learn, in a few words. You can change it later."
              maxlength={120}
              autocomplete="off"
              autofocus={Boolean(error) || undefined}
              required
            />
            <div class="form-actions">
              <Button kind="primary">Create course</Button>
            </div>
          </form>
        </Card>
      </div>
    </div>
  )
}

const CourseTable = ({ courses }: Pick<TeachProps, 'courses'>) => (
  <Table
    caption="Your courses"
    hideCaption
    columns={[
      { label: 'Course' },
      { label: 'State' },
      { label: 'Price', align: 'end' },
      { label: 'Students', align: 'end' },
      { label: 'Net sales', align: 'end' },
    ]}
    rows={courses.map((course) => ({
      cells: [
        <a href={paths.teachCourse(course.id)}>{course.title}</a>,
        <PublicationBadge isPublished={course.isPublished} isSuspended={course.suspendedAt !== null} />,
        <span class="price">{price(course.pricePaise)}</span>,
        <span class="numeric">{count(course.studentCount, 'student')}</span>,
        <span class="numeric">{course.soldPaise > 0 ? rupees(course.netPaise) : 'None yet'}</span>,
      ],
    }))}
  />
)
