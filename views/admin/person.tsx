import type { Confirmation } from '../../src/models/account/confirmation'
import type { PersonCourses as Found } from '../../src/models/admin/person-courses'
import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { roleNames } from '../../src/rules/account/roles'
import { count } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Badge, When } from '../parts/text'
import type { VerbProblem } from '../parts/verb-form'
import { PersonAccess, type SuspensionProblem } from './person-access'
import { type GiftProblem, PersonCourses, type ReturnProblem } from './person-courses'
import { PersonRole, type RoleProblem } from './person-role'
import { PersonTwoFactor } from './person-two-factor'
import { TeachingForm } from './teaching-requests'

/** Of the forms on the page, what was refused. */
export interface PersonProblems {
  role?: RoleProblem
  /** Of the password at the answer to a request to teach. */
  teaching?: string
  suspension?: SuspensionProblem
  gift?: GiftProblem
  returned?: ReturnProblem
  twoFactor?: VerbProblem
}

interface PersonProps {
  person: UserDetails
  courses: Found
  isSelf: boolean
  confirmation: Confirmation
  problems: PersonProblems
  timeZone: string
}

export function PersonPage(props: PersonProps) {
  const { person, courses, isSelf, confirmation, problems, timeZone } = props
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.people(), label: 'People' }]} />
      <PageHeader title={person.name} lead={person.email} />
      <div class="stack">
        <Facts person={person} timeZone={timeZone} />
        {person.teachingRequestedAt ? (
          <Card title="Wants to teach" id="teaching">
            <p>
              Asked on <When date={person.teachingRequestedAt} timeZone={timeZone} />.
            </p>
            <TeachingForm {...{ person, confirmation }} error={problems.teaching} />
          </Card>
        ) : null}
        <PersonCourses {...problems} {...{ person, confirmation, timeZone }} found={courses} />
        {person.hasLeft ? (
          <Card title="Account deleted">
            <p>This account has been deleted. Only what the order records need is kept.</p>
          </Card>
        ) : isSelf ? (
          <Card title="This is you">
            <p>Another administrator can change your role or suspend you; you cannot do that yourself.</p>
          </Card>
        ) : (
          <>
            <PersonRole {...{ person, confirmation }} problem={problems.role} />
            <PersonTwoFactor person={person} confirmation={confirmation} problem={problems.twoFactor} />
            <PersonAccess person={person} problem={problems.suspension} />
          </>
        )}
      </div>
    </div>
  )
}

function Facts({ person, timeZone }: Pick<PersonProps, 'person' | 'timeZone'>) {
  return (
    <dl class="details-list">
      <dt>Role</dt>
      <dd class="cluster">
        {roleNames[person.role]}
        {person.suspendedAt ? <Badge kind="danger">Suspended</Badge> : null}
      </dd>
      <dt>Email</dt>
      <dd>
        {person.emailVerifiedAt ? 'Verified' : 'Not verified'}
        {person.emailRefusedAt ? (
          <>
            , refused by its mail server since <When date={person.emailRefusedAt} timeZone={timeZone} time />
          </>
        ) : null}
      </dd>
      <dt>Two-factor sign-in</dt>
      <dd>
        {person.twoFactor ? (
          <>
            On since <When date={person.twoFactor.since} timeZone={timeZone} />
          </>
        ) : (
          'Off'
        )}
      </dd>
      <dt>Joined</dt>
      <dd>
        <When date={person.createdAt} timeZone={timeZone} />
      </dd>
      <dt>Last seen</dt>
      <dd>
        {person.lastSeenAt ? (
          <When date={person.lastSeenAt} timeZone={timeZone} time />
        ) : (
          'Not signed in anywhere'
        )}
      </dd>
      <dt>Owns</dt>
      <dd>{count(person.purchases, 'course')}</dd>
      <dt>Teaches</dt>
      <dd>
        {person.courses.total > 0 ? (
          <a href={paths.adminCourses({ q: person.email })}>{count(person.courses.total, 'course')}</a>
        ) : (
          count(0, 'course')
        )}
      </dd>
      <dt>Audit</dt>
      <dd>
        <a href={paths.audit({ q: person.id })}>What administrators did</a>
      </dd>
    </dl>
  )
}
