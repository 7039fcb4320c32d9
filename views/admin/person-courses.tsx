import type { Confirmation } from '../../src/models/account/confirmation'
import type { PersonCourses as Found } from '../../src/models/admin/person-courses'
import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { AskAgain } from '../parts/ask-again'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field, Select, TextArea } from '../parts/field'
import { Icon } from '../parts/icon'
import { Table } from '../parts/table'
import { When } from '../parts/text'

export interface GiftProblem {
  values: { courseId?: string; reason?: string }
  errors: { courseId?: string; reason?: string; password?: string }
}

/** A refused taking back, of the course with this id. */
export interface ReturnProblem {
  courseId: string
  reason?: string
  error?: string
  password?: string
}

export interface PersonCoursesProps {
  person: Pick<UserDetails, 'id' | 'name' | 'hasLeft'>
  found: Found
  confirmation: Confirmation
  gift?: GiftProblem
  returned?: ReturnProblem
  timeZone: string
}

type Owned = Found['owned'][number]

export function PersonCourses(props: PersonCoursesProps) {
  const { person, found } = props
  return (
    <Card title="Courses" id="courses">
      {found.owned.length === 0 ? <p class="soft">Owns no course.</p> : <List {...props} />}
      {person.hasLeft ? null : <GiveForm {...props} />}
    </Card>
  )
}

function howOwned({ source, pricePaise, takenBackAt, revokedAt }: Owned): string {
  const how = {
    bought: `Bought for ${rupees(pricePaise)}`,
    joined: 'Joined for free',
    granted: 'Given by an administrator',
  }[source]
  if (takenBackAt) return `${how}, taken back`
  return revokedAt ? `${how}, refunded` : how
}

const List = ({ person, found, confirmation, returned, timeZone }: PersonCoursesProps) => (
  <Table
    caption={`Courses of ${person.name}`}
    hideCaption
    columns={[{ label: 'Course' }, { label: 'How' }, { label: 'Since' }, { label: 'Access' }]}
    rows={found.owned.map((one) => ({
      cells: [
        <a href={paths.adminCourse(one.course.id)}>{one.course.title}</a>,
        howOwned(one),
        <When date={one.since} timeZone={timeZone} />,
        one.revokedAt ? (
          'Ended'
        ) : (
          <ReturnForm
            {...{ person, one, confirmation }}
            problem={returned?.courseId === one.course.id ? returned : undefined}
          />
        ),
      ],
    }))}
  />
)

interface ReturnProps {
  person: PersonCoursesProps['person']
  one: Owned
  confirmation: Confirmation
  problem?: ReturnProblem
}

function ReturnForm({ person, one: { course, source }, confirmation, problem }: ReturnProps) {
  const money = source === 'bought' ? ' This does not refund any money; a refund does both.' : ''
  return (
    <details class="fold" open={problem !== undefined}>
      <summary class="nowrap">
        <Icon name="chevron-right" />
        Take back<span class="visually-hidden"> {course.title}</span>
      </summary>
      <form class="form" method="post" action={paths.personPurchaseDelete(person.id, course.id)} novalidate>
        <Field
          id={`reason-${course.id}`}
          label="Reason"
          name="reason"
          value={problem?.reason}
          error={problem?.error}
          hint={`${person.name} can no longer watch it.${money}`}
          maxlength={500}
          required
        />
        <AskAgain id={`return-${course.id}`} {...{ confirmation }} error={problem?.password} />
        <div class="form-actions">
          <Button kind="danger">
            Take back<span class="visually-hidden"> {course.title}</span>
          </Button>
        </div>
      </form>
    </details>
  )
}

function GiveForm({ person, found, confirmation, gift }: PersonCoursesProps) {
  if (found.choices.length === 0)
    return <p class="soft">{person.name} already owns every published course.</p>
  return (
    <form class="form" method="post" action={paths.personPurchases(person.id)} novalidate>
      <h3>Give a course</h3>
      <Select
        label="Course"
        name="courseId"
        value={gift?.values.courseId}
        error={gift?.errors.courseId}
        placeholder="Choose a course"
        options={found.choices.map(({ id, title }) => ({ value: id, label: title }))}
        required
      />
      <TextArea
        id="gift-reason"
        label="Reason"
        name="reason"
        value={gift?.values.reason}
        error={gift?.errors.reason}
        hint="Kept on the audit page. Nothing is charged for the course."
        rows={2}
        maxlength={500}
        required
      />
      <AskAgain id="gift" {...{ confirmation }} error={gift?.errors.password} />
      <div class="form-actions">
        <Button>Give course</Button>
      </div>
    </form>
  )
}
