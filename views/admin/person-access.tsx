import type { PersonDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'

/** Signing somebody out everywhere, and keeping them out. */
export function PersonAccess({ person }: { person: PersonDetails }) {
  const isSuspended = person.suspendedAt !== null
  return (
    <>
      {isSuspended ? null : (
        <Card title="Sessions">
          <p>
            {person.sessions === 0
              ? 'Signed in nowhere.'
              : `Signed in on ${count(person.sessions, 'browser')}.`}
          </p>
          {person.sessions === 0 ? null : (
            <Action
              address={paths.personSessionsDelete(person.id)}
              confirm={`${person.name} has to sign in again on every browser.`}
              label="Sign out everywhere"
            />
          )}
        </Card>
      )}
      <Card title={isSuspended ? 'Suspended' : 'Suspend'} danger>
        <p>
          {isSuspended
            ? 'This person cannot sign in. Courses stay on sale, and nothing is lost.'
            : 'Ends every session; nobody signs in with this account until it is lifted. Courses stay on sale.'}
        </p>
        {isSuspended ? (
          <form method="post" action={paths.personSuspensionDelete(person.id)}>
            <Button>Lift suspension</Button>
          </form>
        ) : (
          <Action
            address={paths.personSuspension(person.id)}
            confirm={`${person.name} is signed out and cannot come back until you lift it.`}
            label="Suspend"
            danger
          />
        )}
      </Card>
    </>
  )
}

interface ActionProps {
  address: string
  confirm: string
  label: string
  danger?: boolean
}

/** One button that asks first where scripts run. */
function Action({ address, confirm, label, danger }: ActionProps) {
  return (
    <form
      method="post"
      action={address}
      hx-post={address}
      hx-swap="none"
      hx-sync="this:drop"
      hx-confirm={confirm}
    >
      <Button kind={danger ? 'danger' : 'secondary'}>{label}</Button>
    </form>
  )
}
