import type { WebhookCounts, WebhookList } from '../../src/models/admin/webhooks'
import { paths } from '../../src/paths'
import {
  outcomeDetail,
  outcomeOf,
  sourceName,
  type WebhookQuery,
  webhookOutcomes,
  webhookSources,
} from '../../src/rules/admin/webhook-query'
import { capital, count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Select } from '../parts/field'
import { Icon } from '../parts/icon'
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
        lead="What outside services reported to this site, and the outcome."
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
          <EmptyState title="No webhooks" text="No webhook like this has been received." icon="info" />
        ) : (
          <Table
            caption="Webhooks, newest first"
            hideCaption
            columns={[{ label: 'When' }, { label: 'From' }, { label: 'Event' }, { label: 'Outcome' }]}
            rows={list.map((event) => ({
              cells: [
                <When date={event.receivedAt} timeZone={timeZone} time />,
                sourceName(event.source),
                <Content event={event} />,
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
                {count(today, 'webhook')} from {webhookSources[source]}
              </a>
            </>
          ))}
    </p>
  )
}

type EventProps = { event: WebhookList['list'][number] }

const isOdd = ({ outcome }: EventProps['event']) => outcomeOf(outcome) !== 'understood'

/** What went well is rarely wanted again, so its button waits behind its name. */
function Content({ event }: EventProps) {
  const { eventId, type, payload } = event
  return (
    <details class="fold">
      <summary>
        <Icon name="chevron-right" />
        <code>{type}</code>
      </summary>
      <pre class="payload" tabindex={0} role="region" aria-label={`Content of ${eventId}`}>
        {JSON.stringify(payload, null, 2)}
      </pre>
      {isOdd(event) ? null : <ProcessForm event={event} />}
    </details>
  )
}

function Outcome({ event }: EventProps) {
  const { outcome } = event
  if (!isOdd(event)) return <>{outcome ? capital(outcome) : 'Nothing to do'}</>
  return (
    <div class="stack stack-small">
      <span class="break">
        <Badge kind="danger">{webhookOutcomes[outcomeOf(outcome)]}</Badge> {outcomeDetail(outcome)}
      </span>
      <ProcessForm event={event} />
    </div>
  )
}

function ProcessForm({ event: { id, source, type } }: EventProps) {
  if (source === 'uploadthing') return null
  return (
    <form method="post" action={paths.adminWebhookProcess(id)}>
      <Button aria-label={`Process again: ${type}`}>Process again</Button>
    </form>
  )
}
