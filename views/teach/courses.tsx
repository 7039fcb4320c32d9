import { count, price } from '../../src/rules/format'
import { urls } from '../../src/urls'
import { Badge } from '../parts/badge'
import { EmptyState } from '../parts/empty-state'
import { PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'

export interface TeachProps {
  courses: {
    id: string
    title: string
    slug: string
    pricePaise: number | null
    isPublished: boolean
    studentCount: number
  }[]
}

/** What an instructor teaches. */
export function TeachPage({ courses }: TeachProps) {
  return (
    <div class="wrap">
      <PageHeader title="Your courses" />
      {courses.length === 0 ? (
        <EmptyState title="No courses yet" text="Courses that you teach are listed here." icon="teach" />
      ) : (
        <Table
          caption="Your courses"
          hideCaption
          columns={[
            { label: 'Course' },
            { label: 'State' },
            { label: 'Price', align: 'end' },
            { label: 'Students' },
          ]}
          rows={courses.map((course) => ({
            cells: [
              <a href={urls.course(course.slug)}>{course.title}</a>,
              course.isPublished ? <Badge kind="success">Published</Badge> : <Badge>Draft</Badge>,
              <span class="price">{price(course.pricePaise)}</span>,
              count(course.studentCount, 'student'),
            ],
          }))}
        />
      )}
    </div>
  )
}
