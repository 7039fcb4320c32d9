import type { Confirmation } from '../../src/models/account/confirmation'
import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { roleNames, roles } from '../../src/rules/account/roles'
import { count } from '../../src/rules/format'
import { AskAgain } from '../parts/ask-again'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Checkbox, Select } from '../parts/field'

export interface RoleProblem {
  role?: string
  error?: string
  password?: string
  mayHandOver?: boolean
}

interface RoleProps {
  person: UserDetails
  confirmation: Confirmation
  problem?: RoleProblem
}

export function PersonRole({ person, confirmation, problem }: RoleProps) {
  const action = paths.personRole(person.id)
  return (
    <Card title="Role" id="role-card">
      <form
        class="form"
        method="post"
        action={action}
        hx-post={action}
        hx-target="#role-card"
        hx-swap="outerHTML"
        hx-sync="this:drop"
        hx-confirm={`This immediately changes what ${person.name} can do on this site.`}
        novalidate
      >
        <Select
          label="Role"
          name="role"
          value={problem?.role ?? person.role}
          error={problem?.error}
          hint="Instructors create and sell courses. Administrators can also use this area."
          options={roles.map((role) => ({ value: role, label: roleNames[role] }))}
          required
        />
        {problem?.mayHandOver ? (
          <Checkbox
            label={`Make ${count(person.handedOver, 'course')} mine`}
            name="handOver"
            hint="All courses of this person become yours, including drafts and deleted ones. Students keep their access."
          />
        ) : null}
        <AskAgain id="role" {...{ confirmation }} error={problem?.password} />
        <div class="form-actions">
          <Button kind="primary">Save</Button>
        </div>
      </form>
    </Card>
  )
}
