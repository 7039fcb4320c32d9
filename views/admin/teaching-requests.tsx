import type { Confirmation } from '../../src/models/account/confirmation'
import type { TeachingRequests as Requests } from '../../src/models/teach/teaching-request'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { AskAgain } from '../parts/ask-again'
import { Button, ButtonLink } from '../parts/button'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { ConfirmForm } from './confirm-form'

interface RequestsProps {
  requests: Requests
  confirmation: Confirmation
  timeZone: string
}

export function TeachingRequests({ requests, confirmation, timeZone }: RequestsProps) {
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
            <span class="break">{email}</span>,
            since ? <When date={since} timeZone={timeZone} /> : null,
            confirmation === 'fresh' ? (
              <TeachingForm person={{ id, name }} confirmation={confirmation} />
            ) : (
              <ButtonLink href={paths.person(id)}>
                Answer
                <span class="visually-hidden"> {name}</span>
              </ButtonLink>
            ),
          ],
        }))}
      />
    </section>
  )
}

interface TeachingFormProps {
  person: { id: string; name: string }
  confirmation: Confirmation
  error?: string
}

export function TeachingForm({ person: { id, name }, confirmation, error }: TeachingFormProps) {
  return (
    <div class={confirmation === 'fresh' ? 'cluster' : 'stack stack-small'}>
      <form class="form" method="post" action={paths.personTeaching(id)} novalidate>
        <AskAgain id="teaching" {...{ confirmation, error }} />
        <div class="form-actions">
          <Button>
            Approve
            <span class="visually-hidden"> {name}</span>
          </Button>
        </div>
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
