import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { ConfirmForm } from './confirm-form'

export function PersonAccess({ person }: { person: UserDetails }) {
  if (person.suspendedAt) {
    return (
      <Card title="Suspended" danger>
        <p>This person cannot sign in. Their courses stay on sale, and nothing is lost.</p>
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
        <p>
          Ends every session and blocks signing in until you lift the suspension. Their courses stay on sale.
        </p>
        <ConfirmForm
          action={paths.personSuspension(person.id)}
          confirm={`${person.name} will be signed out and cannot sign in until you lift the suspension.`}
          kind="danger"
        >
          Suspend
        </ConfirmForm>
      </Card>
    </>
  )
}
