import { Hono } from 'hono'
import * as z from 'zod'
import { PeoplePage } from '../../../views/admin/people'
import { PersonPage, PersonRole } from '../../../views/admin/person'
import { AppError } from '../../errors'
import { changeRole } from '../../models/admin/role'
import { liftSuspension, signOutEverywhere, suspend } from '../../models/admin/suspension'
import { findPerson, listPeople } from '../../models/admin/users'
import { answerTeachingRequest, listTeachingRequests } from '../../models/teach/teaching-request'
import { paths } from '../../paths'
import { roleNames, roles } from '../../rules/account/roles'
import { readPeopleQuery } from '../../rules/admin/user-query'
import { count } from '../../rules/format'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { type GuardedContext, on } from '../../web/guards'
import { go, show } from '../../web/html'

const RoleForm = z.object({
  role: z.enum(roles, 'Choose one of the roles.'),
  handOver: z.literal('on').optional(),
})
const refusals = {
  'last admin':
    'You are the only administrator, and somebody has to look after the site. Nothing has changed.',
  self: 'Another administrator has to do this for you. Nothing has changed.',
}
const refuse = (reason: keyof typeof refusals) => new AppError('forbidden', refusals[reason])

const showPerson = async (
  c: GuardedContext<'admin'>,
  problem?: { role?: string; error: string; mayHandOver?: boolean },
) => {
  const { services, user } = c.var
  const person = await findPerson(services, c.req.param('userId') ?? '')
  const isSelf = person.id === user.id
  return show(c, {
    title: person.name,
    status: problem ? 422 : 200,
    page: <PersonPage {...{ person, isSelf, problem }} timeZone={services.config.TIME_ZONE} />,
    part: <PersonRole {...{ person, problem }} />,
  })
}

/** Says what was done, on the person's page. */
const done = (c: AppContext, id: string, text: string) => {
  leaveNotice(c, { kind: 'success', text })
  return go(c, paths.person(id))
}

export const adminPeople = new Hono<Env>()
  .get(...on(paths.people), async (c) => {
    const { services } = c.var
    const query = readPeopleQuery(new URL(c.req.url).searchParams)
    const found = await listPeople(services, query)
    const requests = await listTeachingRequests(services)
    return show(c, {
      title: 'People',
      page: <PeoplePage {...{ found, query, requests }} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .get(...on(paths.person), (c) => showPerson(c))
  .post(
    ...on(paths.personRole),
    form(RoleForm, (c: GuardedContext<'admin'>, { values, errors }) =>
      showPerson(c, { role: values.role, error: errors.role ?? 'Send this form again.' }),
    ),
    async (c) => {
      const { services, user: actor } = c.var
      const id = c.req.param('userId')
      const { role, handOver } = c.req.valid('form')
      const result = await changeRole(services, actor.id, id, { role, handOver: handOver === 'on' })
      if (!('refusal' in result)) {
        const moved =
          result.handedOver > 0 ? ` ${count(result.handedOver, 'course is', 'courses are')} yours now.` : ''
        return done(c, id, `${result.name} has the role ${roleNames[role]}.${moved}`)
      }
      if (result.refusal !== 'courses') throw refuse(result.refusal)
      const error = `Students count on ${count(result.needed, 'course')} of this person. Hand the courses over to yourself first: tick the box below.`
      return showPerson(c, { role, error, mayHandOver: true })
    },
  )
  .post(...on(paths.personSessionsDelete), async (c) => {
    const { services, user: actor } = c.var
    const id = c.req.param('userId')
    const name = await signOutEverywhere(services, actor.id, id)
    return done(c, id, `${name} is signed out everywhere.`)
  })
  .post(...on(paths.personSuspension), async (c) => {
    const { services, user: actor } = c.var
    const id = c.req.param('userId')
    const result = await suspend(services, actor.id, id)
    if ('refusal' in result) throw refuse(result.refusal)
    return done(c, id, `${result.name} is suspended and signed out.`)
  })
  .post(...on(paths.personSuspensionDelete), async (c) => {
    const { services, user: actor } = c.var
    const id = c.req.param('userId')
    const name = await liftSuspension(services, actor.id, id)
    return done(c, id, `${name} can sign in again.`)
  })
  .post(...on(paths.personTeaching), (c) => answer(c, 'approve'))
  .post(...on(paths.personTeachingDelete), (c) => answer(c, 'decline'))

async function answer(c: GuardedContext<'admin'>, word: 'approve' | 'decline'): Promise<Response> {
  const { services, user: actor } = c.var
  const id = c.req.param('userId') ?? ''
  const { name, answered } = await answerTeachingRequest(services, actor.id, id, word)
  const text = !answered
    ? `The request of ${name} was answered meanwhile. Nothing has changed.`
    : word === 'approve'
      ? `${name} can teach now.`
      : `The request of ${name} to teach is declined.`
  leaveNotice(c, { kind: answered ? 'success' : 'error', text })
  return go(c, paths.people())
}
