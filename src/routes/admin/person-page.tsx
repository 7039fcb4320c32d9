import { PersonPage, type PersonProblems } from '../../../views/admin/person'
import { Suspension } from '../../../views/admin/person-access'
import { PersonRole } from '../../../views/admin/person-role'
import { PersonTwoFactor } from '../../../views/admin/person-two-factor'
import { neededConfirmation } from '../../models/account/confirmation'
import { findPersonCourses } from '../../models/admin/person-courses'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

export type PersonContext = GuardedContext<'adminUser'>

export async function showPerson(c: PersonContext, problems: PersonProblems = {}): Promise<Response> {
  const { services, user, person } = c.var
  const [courses, confirmation] = await Promise.all([
    findPersonCourses(services, person.id),
    neededConfirmation(services, user),
  ])
  const isSelf = person.id === user.id
  const isRefused = Object.values(problems).some((problem) => problem !== undefined)
  return show(c, {
    title: person.name,
    status: isRefused ? 422 : 200,
    page: (
      <PersonPage
        {...{ person, courses, isSelf, confirmation, problems }}
        timeZone={services.config.TIME_ZONE}
      />
    ),
    part: problems.twoFactor ? (
      <PersonTwoFactor person={person} confirmation={confirmation} problem={problems.twoFactor} />
    ) : problems.suspension ? (
      <Suspension person={person} problem={problems.suspension} />
    ) : (
      <PersonRole {...{ person, confirmation }} problem={problems.role} />
    ),
  })
}
