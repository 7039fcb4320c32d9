import type { PeoplePage as Found } from '../../src/models/admin/users'
import type { TeachingRequests } from '../../src/models/teach/teaching-request'
import { paths } from '../../src/paths'
import { roleNames, roles } from '../../src/rules/account/roles'
import type { PeopleQuery } from '../../src/rules/admin/user-query'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Field, Select } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { Pagination } from '../parts/pagination'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import { AdminTabs } from './tabs'
import { TeachingWishes } from './teaching-requests'

export interface PeopleProps {
  found: Found
  query: PeopleQuery
  requests: TeachingRequests
  timeZone: string
}

export function PeoplePage({ found, query, requests, timeZone }: PeopleProps) {
  return (
    <div class="wrap">
      <PageHeader title="People" lead="Who they are and what they may do." />
      <AdminTabs at={paths.people()} />
      <div class="stack stack-large">
        <TeachingWishes requests={requests} timeZone={timeZone} />
        <div class="stack">
          <Filters query={query} />
          <p role="status" class="soft">
            {found.more
              ? `More than ${count(found.count, 'person', 'people')}: type the beginning of a name to find the others.`
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

function Filters({ query }: { query: PeopleQuery }) {
  return (
    <form class="filters" method="get" action={paths.people()} role="search" aria-label="People">
      <div class="field-grow">
        <Field
          label="Name or e-mail"
          name="q"
          type="search"
          value={query.q}
          hint="Its beginning is enough."
          maxlength={100}
          autocomplete="off"
        />
      </div>
      <Select
        label="Role"
        name="role"
        value={query.role}
        placeholder="Everyone"
        options={roles.map((role) => ({ value: role, label: roleNames[role] }))}
      />
      <Button>Search</Button>
    </form>
  )
}

function List({ found, timeZone }: Pick<PeopleProps, 'found' | 'timeZone'>) {
  if (found.people.length === 0) {
    return (
      <EmptyState
        title="Nobody found"
        text="No name and no e-mail address begins like this. Type less, or choose everyone."
        icon="people"
      />
    )
  }
  return (
    <Table
      caption="People, newest first"
      hideCaption
      columns={[{ label: 'Name' }, { label: 'E-mail' }, { label: 'Role' }, { label: 'Since' }]}
      rows={found.people.map((person) => ({
        cells: [
          <a href={paths.person(person.id)}>{person.name}</a>,
          person.email,
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
