import type { WebhookCounts, WebhookList } from '../../src/models/admin/webhooks'
import { paths } from '../../src/paths'
import {
  outcomeOf,
  type WebhookQuery,
  webhookOutcomes,
  webhookSources,
} from '../../src/rules/admin/webhook-query'
import { count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Select } from '../parts/field'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import { AdminHeader } from './header'

interface Props {
  found: WebhookList
  query: WebhookQuery
  counts: WebhookCounts
  timeZone: string
}

const options = (known: Record<string, string>) =>
  Object.entries(known).map(([value, label]) => ({ value, label }))

export function WebhooksPage({ found, query, counts, timeZone }: Props) {
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
        <CountsBySource counts={counts} />
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
                <Outcome event={event} />,
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

export function CountsBySource({ counts }: { counts: WebhookCounts }) {
  return (
    <p class="soft">
      In the last 24 hours:{' '}
      {counts.length === 0
        ? 'none.'
        : counts.map(({ source, today }, place) => (
            <>
              {place > 0 ? ', ' : ''}
              <a href={paths.adminWebhooks({ source })}>
                {count(today, 'webhook')} of {webhookSources[source]}
              </a>
            </>
          ))}
    </p>
  )
}

function Outcome({ event }: { event: WebhookList['list'][number] }) {
  const { id, source, type, outcome } = event
  const isOdd = outcomeOf(outcome) !== 'understood'
  return (
    <div class="stack stack-small">
      <span class="break">
        {isOdd ? <Badge kind="danger">{webhookOutcomes[outcomeOf(outcome)]}</Badge> : null}{' '}
        {outcome || 'Nothing to do'}
      </span>
      {source === 'uploadthing' ? null : (
        <form method="post" action={paths.adminWebhookProcess(id)}>
          <Button kind="quiet" aria-label={`Process ${type} again`}>
            Process again
          </Button>
        </form>
      )}
    </div>
  )
}
