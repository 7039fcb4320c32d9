import type { TeachingRequests as Requests } from '../../src/models/teach/teaching-request'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { ConfirmForm } from './confirm-form'

export function TeachingRequests({ requests, timeZone }: { requests: Requests; timeZone: string }) {
  if (requests.people.length === 0) return null
  return (
    <section id="teaching-requests" class="stack stack-small">
      <h2>Requests to teach</h2>
      <p class="soft">{count(requests.count, 'person is', 'people are')} waiting for your answer.</p>
      <Table
        caption="Requests to teach"
        hideCaption
        columns={[{ label: 'Name' }, { label: 'Email' }, { label: 'Since' }, { label: 'Answer' }]}
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
  return (
    <div class="cluster">
      <form method="post" action={paths.personTeaching(id)}>
        <Button>
          Approve
          <span class="visually-hidden"> {name}</span>
        </Button>
      </form>
      <ConfirmForm
        action={paths.personTeachingDelete(id)}
        confirm={`${name} stays a student and can ask again.`}
        kind="quiet"
      >
        Decline
        <span class="visually-hidden"> {name}</span>
      </ConfirmForm>
    </div>
  )
}
