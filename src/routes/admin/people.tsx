import { Hono } from 'hono'
import * as z from 'zod'
import { PeoplePage } from '../../../views/admin/people'
import { PersonPage, PersonRole } from '../../../views/admin/person'
import { AppError } from '../../errors'
import { findPerson, listPeople } from '../../models/admin/people'
import { changeRole } from '../../models/admin/role'
import { liftSuspension, signOutEverywhere, suspend } from '../../models/admin/suspension'
import { answerTeachingRequest, listTeachingRequests } from '../../models/teach/teaching-request'
import { roleNames, roles } from '../../rules/account/roles'
import { readPeopleQuery } from '../../rules/admin/people-query'
import { count } from '../../rules/format'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
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
  c: AppContext,
  problem?: { role?: string; error: string; mayHandOver?: boolean },
) => {
  const services = c.get('services')
  const viewer = await signedIn(c)
  const person = await findPerson(services, c.req.param('id') ?? '')
  const isSelf = person.id === viewer.id
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
  return go(c, urls.adminPerson(id))
}

export const adminPeople = new Hono<Env>()
  .get(urls.adminPeople(), async (c) => {
    const services = c.get('services')
    const query = readPeopleQuery(new URL(c.req.url).searchParams)
    const found = await listPeople(services, query)
    const requests = await listTeachingRequests(services)
    return show(c, {
      title: 'People',
      page: <PeoplePage {...{ found, query, requests }} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .get('/admin/people/:id', (c) => showPerson(c))
  .post(
    '/admin/people/:id/role',
    form(RoleForm, (c, { values, errors }) =>
      showPerson(c, { role: values.role, error: errors.role ?? 'Send this form again.' }),
    ),
    async (c) => {
      const { id: actorId } = await signedIn(c)
      const id = c.req.param('id')
      const { role, handOver } = c.req.valid('form')
      const result = await changeRole(c.get('services'), actorId, id, { role, handOver: handOver === 'on' })
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
  .post('/admin/people/:id/sessions/delete', async (c) => {
    const { id: actorId } = await signedIn(c)
    const id = c.req.param('id')
    const name = await signOutEverywhere(c.get('services'), actorId, id)
    return done(c, id, `${name} is signed out everywhere.`)
  })
  .post('/admin/people/:id/suspension', async (c) => {
    const { id: actorId } = await signedIn(c)
    const id = c.req.param('id')
    const result = await suspend(c.get('services'), actorId, id)
    if ('refusal' in result) throw refuse(result.refusal)
    return done(c, id, `${result.name} is suspended and signed out.`)
  })
  .post('/admin/people/:id/suspension/delete', async (c) => {
    const { id: actorId } = await signedIn(c)
    const id = c.req.param('id')
    const name = await liftSuspension(c.get('services'), actorId, id)
    return done(c, id, `${name} can sign in again.`)
  })
  .post('/admin/people/:id/teaching', (c) => answer(c, 'approve'))
  .post('/admin/people/:id/teaching/delete', (c) => answer(c, 'decline'))

async function answer(c: AppContext, word: 'approve' | 'decline'): Promise<Response> {
  const { id: actorId } = await signedIn(c)
  const { name, answered } = await answerTeachingRequest(
    c.get('services'),
    actorId,
    c.req.param('id') ?? '',
    word,
  )
  const text = !answered
    ? `No wish of ${name} was waiting any more. Nothing has changed.`
    : word === 'approve'
      ? `${name} can teach now.`
      : `The wish of ${name} to teach is declined.`
  leaveNotice(c, { kind: answered ? 'success' : 'error', text })
  return go(c, urls.adminPeople())
}
