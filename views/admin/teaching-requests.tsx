import type { TeachingRequests } from '../../src/models/teach/teaching-request'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Table } from '../parts/table'
import { When } from '../parts/text'

interface Props {
  requests: TeachingRequests
  timeZone: string
}

/** Who waits to teach, longest first; nothing while nobody does. */
export function TeachingWishes({ requests, timeZone }: Props) {
  if (requests.people.length === 0) return null
  return (
    <section id="teaching-requests" class="stack stack-small">
      <h2>Waiting to teach</h2>
      <p class="soft">{count(requests.count, 'person waits', 'people wait')} for an answer.</p>
      <Table
        caption="Waiting to teach"
        hideCaption
        columns={[{ label: 'Name' }, { label: 'E-mail' }, { label: 'Since' }, { label: 'Answer' }]}
        rows={requests.people.map(({ id, name, email, since }) => ({
          cells: [
            <a href={paths.person(id)}>{name}</a>,
            email,
            since ? <When date={since} timeZone={timeZone} /> : null,
            <TeachingAnswer id={id} name={name} />,
          ],
        }))}
      />
    </section>
  )
}

export function TeachingAnswer({ id, name }: { id: string; name: string }) {
  const decline = paths.personTeachingDelete(id)
  return (
    <div class="cluster">
      <form method="post" action={paths.personTeaching(id)}>
        <Button>
          Approve
          <span class="visually-hidden"> {name}</span>
        </Button>
      </form>
      <form
        method="post"
        action={decline}
        hx-post={decline}
        hx-swap="none"
        hx-sync="this:drop"
        hx-confirm={`${name} stays a student and may ask again.`}
      >
        <Button kind="quiet">
          Decline
          <span class="visually-hidden"> {name}</span>
        </Button>
      </form>
    </div>
  )
}
