import type { AuditLine, AuditList } from '../../src/models/admin/audit'
import { paths } from '../../src/paths'
import type { AuditQuery } from '../../src/rules/admin/audit-query'
import { count } from '../../src/rules/format'
import { EmptyState } from '../parts/card'
import { Pagination } from '../parts/pagination'
import { When } from '../parts/text'
import { AuditSentence, auditLabels } from './audit-sentence'
import { AdminHeader } from './header'
import { SearchForm } from './search-form'

interface AuditProps {
  found: AuditList
  query: AuditQuery
  timeZone: string
}

export function AuditPage({ found, query, timeZone }: AuditProps) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Audit"
        lead="Who did what to somebody else’s account, course or money, and why. Nothing here can be changed."
        at={paths.audit()}
      />
      <div class="stack">
        <Filters query={query} />
        <p role="status" class="soft">
          {found.more
            ? `More than ${count(found.count, 'entry', 'entries')}`
            : count(found.count, 'entry', 'entries')}
          , newest first
        </p>
        {found.events.length === 0 ? (
          <EmptyState title="No entries" text="Nothing matches. Type less, or choose everything." />
        ) : (
          <AuditLines events={found.events} timeZone={timeZone} />
        )}
        <Pagination
          label="Audit"
          page={found.page}
          pages={found.pages}
          href={(page) => paths.audit({ ...query, page })}
        />
      </div>
    </div>
  )
}

const Filters = ({ query }: Pick<AuditProps, 'query'>) => (
  <SearchForm
    action={paths.audit()}
    name="Audit"
    words={{
      label: 'Who or what',
      hint: 'Any part of a name, an email or a course’s title, or the full number of an order or payment.',
      value: query.q,
    }}
    choice={{
      label: 'What was done',
      name: 'action',
      value: query.action,
      placeholder: 'Everything',
      options: Object.entries(auditLabels).map(([value, label]) => ({ value, label })),
    }}
  />
)

interface LinesProps {
  events: AuditLine[]
  timeZone: string
  empty?: string
}

export function AuditLines({ events, timeZone, empty }: LinesProps) {
  if (events.length === 0) return <p class="soft">{empty}</p>
  return (
    <ol class="audit">
      {events.map((event) => (
        <li>
          <p>
            <AuditSentence event={event} />
          </p>
          {event.reason ? <p class="soft">Reason: {event.reason}</p> : null}
          <p class="small soft">
            <When date={event.createdAt} timeZone={timeZone} time />
          </p>
        </li>
      ))}
    </ol>
  )
}
