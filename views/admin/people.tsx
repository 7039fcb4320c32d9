import type { Confirmation } from '../../src/models/account/confirmation'
import type { UserList } from '../../src/models/admin/users'
import type { TeachingRequests as Requests } from '../../src/models/teach/teaching-request'
import { paths } from '../../src/paths'
import { roleNames, roles } from '../../src/rules/account/roles'
import type { UserQuery } from '../../src/rules/admin/user-query'
import { count } from '../../src/rules/format'
import { EmptyState } from '../parts/card'
import { Pagination } from '../parts/pagination'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import { AdminHeader } from './header'
import { SearchForm } from './search-form'
import { TeachingRequests } from './teaching-requests'

interface PeopleProps {
  found: UserList
  query: UserQuery
  requests: Requests
  confirmation: Confirmation
  timeZone: string
}

export function PeoplePage({ found, query, requests, confirmation, timeZone }: PeopleProps) {
  return (
    <div class="wrap">
      <AdminHeader title="People" lead="Everyone with an account, and their roles." at={paths.people()} />
      <div class="stack stack-large">
        <TeachingRequests {...{ requests, confirmation, timeZone }} />
        <div class="stack">
          <Filters query={query} />
          <p role="status" class="soft">
            {found.more
              ? `More than ${count(found.count, 'person', 'people')}: type the start of a name or email to narrow the list.`
              : count(found.count, 'person', 'people')}
          </p>
          <List found={found} timeZone={timeZone} />
          <Pagination
            label="People"
            page={found.page}
            pages={found.pages}
            href={(page) => paths.people({ ...query, page })}
          />
        </div>
      </div>
    </div>
  )
}

function Filters({ query }: { query: UserQuery }) {
  return (
    <SearchForm
      action={paths.people()}
      name="Search people"
      words={{
        label: 'Name or email',
        hint: 'The start of a name or email is enough.',
        value: query.q,
      }}
      choice={{
        label: 'Role',
        name: 'role',
        value: query.role,
        placeholder: 'Everyone',
        options: roles.map((role) => ({ value: role, label: roleNames[role] })),
      }}
    />
  )
}

function List({ found, timeZone }: Pick<PeopleProps, 'found' | 'timeZone'>) {
  if (found.people.length === 0) {
    return (
      <EmptyState
        title="Nobody found"
        text="No name or email starts with this. Type less, or choose everyone."
        icon="people"
      />
    )
  }
  return (
    <Table
      caption="People, newest first"
      hideCaption
      columns={[{ label: 'Name' }, { label: 'Email' }, { label: 'Role' }, { label: 'Since' }]}
      rows={found.people.map((person) => ({
        cells: [
          <a href={paths.person(person.id)}>{person.name}</a>,
          <span class="break">{person.email}</span>,
          <span class="cluster">
            {roleNames[person.role]}
            {person.suspendedAt ? <Badge kind="danger">Suspended</Badge> : null}
            {person.emailVerifiedAt ? null : <Badge>Not verified</Badge>}
          </span>,
          <When date={person.createdAt} timeZone={timeZone} />,
        ],
      }))}
    />
  )
}
