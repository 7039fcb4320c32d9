import { Hono } from 'hono'
import * as z from 'zod'
import { PeoplePage } from '../../../views/admin/people'
import { AppError } from '../../errors'
import { neededConfirmation } from '../../models/account/confirmation'
import { changeRole } from '../../models/admin/role'
import { liftSuspension, signOutEverywhere, suspendUser } from '../../models/admin/suspension'
import { listUsers } from '../../models/admin/users'
import { answerTeachingRequest, listTeachingRequests } from '../../models/teach/teaching-request'
import { paths } from '../../paths'
import { roleNames, roles } from '../../rules/account/roles'
import { readUserQuery } from '../../rules/admin/user-query'
import { count } from '../../rules/format'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, go, show } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { oneLine } from '../account/fields'
import { type PersonContext, showPerson } from './person-page'
import { personPurchases } from './person-purchases'
import { personTwoFactor } from './person-two-factor'

const RoleForm = z.object({
  role: z.enum(roles, 'Choose one of the roles.'),
  handOver: z.literal('on').optional(),
  password: Password,
})
const TeachingForm = z.object({ password: Password })
const SuspensionForm = z.object({
  reason: z.string().transform(oneLine).pipe(z.string().max(500, 'Use at most 500 characters.')).optional(),
  courses: z.enum(['off-sale', 'keep'], 'Choose what becomes of the courses.').default('off-sale'),
})
const refusals = {
  'last admin': 'You are the only administrator, and the site needs one. Nothing has changed.',
  self: 'Another administrator has to do this for you. Nothing has changed.',
}
const refuse = (reason: keyof typeof refusals) => new AppError('forbidden', refusals[reason])

export const adminPeople = new Hono<Env>()
  .get(...on(paths.people), async (c) => {
    const { services, user } = c.var
    const query = readUserQuery(new URL(c.req.url).searchParams)
    const found = await listUsers(services, query)
    const requests = await listTeachingRequests(services)
    const confirmation = await neededConfirmation(services, user)
    return show(c, {
      title: 'People',
      page: <PeoplePage {...{ found, query, requests, confirmation }} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .get(...on(paths.person), (c) => showPerson(c))
  .post(
    ...on(paths.personRole),
    form(RoleForm, (c: PersonContext, { values, errors }) =>
      showPerson(c, { role: { role: values.role, error: errors.role ?? 'Send this form again.' } }),
    ),
    async (c) => {
      const { services, user, person } = c.var
      const { role, handOver, password } = c.req.valid('form')
      const problem = await passwordProblem(c, { password })
      if (problem) return showPerson(c, { role: { role, ...problem.errors, mayHandOver: handOver === 'on' } })
      const result = await changeRole(services, user.id, person.id, { role, handOver: handOver === 'on' })
      if (!('refusal' in result)) {
        const moved =
          result.handedOver > 0
            ? ` ${count(result.handedOver, 'course now belongs', 'courses now belong')} to you.`
            : ''
        return changed(c, {
          notice: `${result.name} now has the role ${roleNames[role]}.${moved}`,
          to: paths.person(person.id),
        })
      }
      if (result.refusal !== 'courses') throw refuse(result.refusal)
      const error = `Students rely on ${count(result.needed, 'course')} of this person. Take over the courses first: tick the box below.`
      return showPerson(c, { role: { role, error, mayHandOver: true } })
    },
  )
  .post(...on(paths.personSessionsDelete), async (c) => {
    const { services, user, person } = c.var
    const name = await signOutEverywhere(services, user.id, person.id)
    return changed(c, { notice: `${name} is signed out everywhere.`, to: paths.person(person.id) })
  })
  .post(...on(paths.personSuspension), form(SuspensionForm, refuseSuspension), async (c) => {
    const { services, user, person } = c.var
    const { reason, courses } = c.req.valid('form')
    const wish = { reason: reason || undefined, courses }
    const result = await suspendUser(services, user.id, person.id, wish)
    if ('refusal' in result) throw refuse(result.refusal)
    const moved =
      result.coursesOffSale > 0
        ? ` ${count(result.coursesOffSale, 'course is', 'courses are')} off sale.`
        : ''
    const notice = `${result.name} is suspended and signed out.${moved}`
    return changed(c, { notice, to: paths.person(person.id) })
  })
  .post(...on(paths.personSuspensionDelete), async (c) => {
    const { services, user, person } = c.var
    const { name, coursesOffSale } = await liftSuspension(services, user.id, person.id)
    const left =
      coursesOffSale > 0
        ? ` ${count(coursesOffSale, 'course stays', 'courses stay')} off sale until you put ${coursesOffSale === 1 ? 'it' : 'them'} back.`
        : ''
    return changed(c, { notice: `${name} can sign in again.${left}`, to: paths.person(person.id) })
  })
  .route('/', personPurchases)
  .route('/', personTwoFactor)
  .post(
    ...on(paths.personTeaching),
    form(TeachingForm, (c: PersonContext) => showPerson(c)),
    async (c) => {
      const problem = await passwordProblem(c, c.req.valid('form'))
      return problem ? showPerson(c, { teaching: problem.errors.password }) : answerRequest(c, 'approve')
    },
  )
  .post(...on(paths.personTeachingDelete), (c) => answerRequest(c, 'decline'))

function refuseSuspension(c: PersonContext, { values, errors }: FormProblem): Promise<Response> {
  return showPerson(c, { suspension: { values, errors } })
}

async function answerRequest(c: PersonContext, answer: 'approve' | 'decline'): Promise<Response> {
  const { services, user, person } = c.var
  const { name, answered } = await answerTeachingRequest(services, user.id, person.id, answer)
  if (answered) {
    const notice = answer === 'approve' ? `${name} can teach now.` : `${name}’s request is declined.`
    return changed(c, { notice, to: paths.people() })
  }
  leaveNotice(c, { kind: 'error', text: `${name}’s request has already been answered. Nothing has changed.` })
  return go(c, paths.people())
}
