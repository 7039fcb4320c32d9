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
          This person cannot sign in. Nothing is lost. Lifting the suspension does not put their courses back
          on sale: do that on the page of <a href={paths.adminCourses({ q: person.email })}>each course</a>.
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
      <Suspension person={person} problem={problem} />
    </>
  )
}

export const Suspension = (props: AccessProps) => (
  <Card title="Suspend" id="suspension" danger>
    <SuspensionForm {...props} />
  </Card>
)

function SuspensionForm({ person, problem }: AccessProps) {
  const action = paths.personSuspension(person.id)
  return (
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-target="#suspension"
      hx-swap="outerHTML"
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
              hint: 'Nobody new can buy from somebody who cannot respond. You can put each one back later.',
            },
            { value: 'keep', label: 'Keep them on sale', hint: 'Sales and earnings continue as before.' },
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
        autofocus={problem?.errors.reason ? true : undefined}
        hint="Kept on the audit page, and shown on courses that go off sale."
        maxlength={500}
        required={false}
      />
      <div class="form-actions">
        <Button kind="danger">Suspend</Button>
      </div>
    </form>
  )
}
