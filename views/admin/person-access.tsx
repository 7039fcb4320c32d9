import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { Radios } from '../parts/radios'
import { ConfirmForm } from './confirm-form'

export interface SuspensionProblem {
  values: { reason?: string; courses?: string }
  errors: { reason?: string; courses?: string }
}

interface AccessProps {
  person: UserDetails
  problem?: SuspensionProblem
}

export function PersonAccess({ person, problem }: AccessProps) {
  if (person.suspendedAt) {
    return (
      <Card title="Suspended" danger>
        <p>
          This person cannot sign in, and nothing is lost. Lifting it leaves their courses as they are: what
          is off sale stays off sale until you put it back on{' '}
          <a href={paths.adminCourses({ q: person.email })}>the page of the course</a>.
        </p>
        <form method="post" action={paths.personSuspensionDelete(person.id)}>
          <Button>Lift suspension</Button>
        </form>
      </Card>
    )
  }
  return (
    <>
      <Card title="Sessions">
        {person.sessions === 0 ? (
          <p>Not signed in anywhere.</p>
        ) : (
          <>
            <p>Signed in on {count(person.sessions, 'browser')}.</p>
            <ConfirmForm
              action={paths.personSessionsDelete(person.id)}
              confirm={`${person.name} will have to sign in again on every browser.`}
            >
              Sign out everywhere
            </ConfirmForm>
          </>
        )}
      </Card>
      <Card title="Suspend" danger>
        <SuspensionForm person={person} problem={problem} />
      </Card>
    </>
  )
}

function SuspensionForm({ person, problem }: AccessProps) {
  const action = paths.personSuspension(person.id)
  return (
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      hx-sync="this:drop"
      hx-confirm={`${person.name} will be signed out and cannot sign in until you lift the suspension.`}
      novalidate
    >
      <p>Ends every session and blocks signing in until you lift the suspension.</p>
      {person.courses.total > 0 ? (
        <Radios
          label="Their courses"
          name="courses"
          value={problem?.values.courses === 'keep' ? 'keep' : 'off-sale'}
          error={problem?.errors.courses}
          options={[
            {
              value: 'off-sale',
              label: 'Take them off sale',
              hint: 'Nobody new can buy from somebody who cannot answer. You can put each back later.',
            },
            { value: 'keep', label: 'Keep them on sale', hint: 'Sales and earnings go on as before.' },
          ]}
        />
      ) : null}
      {person.courses.total > 0 ? <p class="soft">Students who have a course keep it either way.</p> : null}
      <Field
        id="suspension-reason"
        label="Reason"
        name="reason"
        value={problem?.values.reason}
        error={problem?.errors.reason}
        hint="It is kept on the audit page, and shown on courses that go off sale."
        maxlength={500}
        required={false}
      />
      <div class="form-actions">
        <Button kind="danger">Suspend</Button>
      </div>
    </form>
  )
}
