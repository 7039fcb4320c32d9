import type { WebhookList } from '../../src/models/admin/webhooks'
import { paths } from '../../src/paths'
import { type WebhookQuery, webhookOutcomes, webhookSources } from '../../src/rules/admin/webhook-query'
import { Button, ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Select } from '../parts/field'
import { Table } from '../parts/table'
import { When } from '../parts/text'
import { AdminHeader } from './header'

interface Props {
  found: WebhookList
  query: WebhookQuery
  timeZone: string
}

const options = (known: Record<string, string>) =>
  Object.entries(known).map(([value, label]) => ({ value, label }))

export function WebhooksPage({ found, query, timeZone }: Props) {
  const { list, next } = found
  return (
    <div class="wrap">
      <AdminHeader
        title="Webhooks"
        lead="What outside services told this site, and what came of it."
        at={paths.adminWebhooks()}
      />
      <div class="stack">
        <form class="filters" method="get" action={paths.adminWebhooks()} aria-label="Webhooks">
          <Select
            label="From"
            name="source"
            value={query.source}
            placeholder="All"
            options={options(webhookSources)}
          />
          <Select
            label="Outcome"
            name="outcome"
            value={query.outcome}
            placeholder="All"
            options={options(webhookOutcomes)}
          />
          <Button>Show</Button>
        </form>
        {list.length === 0 ? (
          <EmptyState title="No webhooks" text="None of this kind has been received." icon="info" />
        ) : (
          <Table
            caption="Webhooks, newest first"
            hideCaption
            columns={[{ label: 'When' }, { label: 'From' }, { label: 'Event' }, { label: 'Outcome' }]}
            rows={list.map((event) => ({
              cells: [
                <When date={event.receivedAt} timeZone={timeZone} time />,
                event.source,
                <details>
                  <summary class="break">
                    <code>{event.type}</code>
                  </summary>
                  <pre class="payload" tabindex={0} role="region" aria-label={`Content of ${event.eventId}`}>
                    {JSON.stringify(event.payload, null, 2)}
                  </pre>
                </details>,
                event.outcome || 'Nothing to do',
              ],
            }))}
          />
        )}
        <div class="cluster">
          {query.after ? (
            <ButtonLink href={paths.adminWebhooks({ ...query, after: undefined })}>Newest</ButtonLink>
          ) : null}
          {next ? (
            <ButtonLink href={paths.adminWebhooks({ ...query, after: next })} rel="next">
              Older
            </ButtonLink>
          ) : null}
        </div>
      </div>
    </div>
  )
}
