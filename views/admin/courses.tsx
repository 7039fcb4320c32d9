import type { AdminCourseList } from '../../src/models/admin/courses'
import { paths } from '../../src/paths'
import {
  type CourseQuery,
  type CourseState,
  courseStateNames,
  courseStates,
  stateOf,
} from '../../src/rules/admin/course-query'
import { count, price } from '../../src/rules/format'
import { EmptyState } from '../parts/card'
import { Pagination } from '../parts/pagination'
import { Table } from '../parts/table'
import { Badge } from '../parts/text'
import { AdminHeader } from './header'
import { SearchForm } from './search-form'

interface CoursesProps {
  found: AdminCourseList
  query: CourseQuery
}

export function AdminCoursesPage({ found, query }: CoursesProps) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Courses"
        lead="Every course by every instructor. You can take any of them off sale."
        at={paths.adminCourses()}
      />
      <div class="stack">
        <Filters query={query} />
        <p role="status" class="soft">
          {count(found.count, 'course')}
        </p>
        <List courses={found.courses} />
        <Pagination
          label="Courses"
          page={found.page}
          pages={found.pages}
          href={(page) => paths.adminCourses({ ...query, page })}
        />
      </div>
    </div>
  )
}

function Filters({ query }: Pick<CoursesProps, 'query'>) {
  return (
    <SearchForm
      action={paths.adminCourses()}
      name="Search courses of the site"
      words={{
        label: 'Course or instructor',
        hint: 'Any part of a title, an address, or of the instructor’s name or email.',
        value: query.q,
      }}
      choice={{
        label: 'State',
        name: 'state',
        value: query.state,
        placeholder: 'All',
        options: courseStates.map((state) => ({ value: state, label: courseStateNames[state] })),
      }}
    />
  )
}

function List({ courses }: Pick<AdminCourseList, 'courses'>) {
  if (courses.length === 0)
    return <EmptyState title="No course found" text="Type less, or choose all states." icon="book" />
  return (
    <Table
      caption="Courses, newest first"
      hideCaption
      columns={[
        { label: 'Course' },
        { label: 'Instructor' },
        { label: 'State' },
        { label: 'Price', align: 'end' },
        { label: 'Students', align: 'end' },
      ]}
      rows={courses.map((course) => ({
        cells: [
          <a href={paths.adminCourse(course.id)}>{course.title}</a>,
          <span class="cluster">
            <a href={paths.person(course.instructor.id)}>{course.instructor.name}</a>
            {course.instructor.suspendedAt ? <Badge kind="danger">Suspended</Badge> : null}
          </span>,
          <StateBadge state={stateOf(course)} />,
          <span class="price">{price(course.pricePaise)}</span>,
          <span class="numeric">{course.studentCount.toLocaleString('en-IN')}</span>,
        ],
      }))}
    />
  )
}

const kinds = { 'on-sale': 'success', suspended: 'danger', draft: undefined, deleted: undefined } as const

export const StateBadge = ({ state }: { state: CourseState }) => (
  <Badge kind={kinds[state]}>{courseStateNames[state]}</Badge>
)
