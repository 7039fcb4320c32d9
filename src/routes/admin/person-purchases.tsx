import { Hono } from 'hono'
import * as z from 'zod'
import { findPersonCourses } from '../../models/admin/person-courses'
import { giveCourse, takeCourseBack } from '../../models/purchases/grant'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason } from './fields'
import { type PersonContext, showPerson } from './person-page'

const GiftForm = z.object({
  courseId: z.string('Choose a course.').min(1, 'Choose a course.'),
  reason: Reason,
  password: Password,
})
const ReturnForm = z.object({ reason: Reason, password: Password })

export const personPurchases = new Hono<Env>()
  .post(...on(paths.personPurchases), form(GiftForm, refuseGift), async (c) => {
    const { services, user, person } = c.var
    const { courseId, reason, password } = c.req.valid('form')
    const problem = await passwordProblem(c, { courseId, reason, password })
    if (problem) return refuseGift(c, problem)
    const { choices } = await findPersonCourses(services, person.id)
    const course = choices.find(({ id }) => id === courseId)
    const wanted = { userId: person.id, courseId, reason }
    const outcome = course ? await giveCourse(services, user.id, wanted) : 'not offered'
    if (outcome !== 'given') {
      const error = `Choose a published course that ${person.name} does not own.`
      return refuseGift(c, { values: { courseId, reason }, errors: { courseId: error } })
    }
    return changed(c, { notice: `${person.name} has ${course?.title} now.`, to: paths.person(person.id) })
  })
  .post(...on(paths.personPurchaseDelete), form(ReturnForm, refuseReturn), async (c) => {
    const { services, user, person, course } = c.var
    const typed = c.req.valid('form')
    const problem = await passwordProblem(c, typed)
    if (problem) return refuseReturn(c, problem)
    const { reason } = typed
    const wanted = { userId: person.id, courseId: course.id, reason }
    const outcome = await takeCourseBack(services, user.id, wanted)
    const notice =
      outcome === 'taken back'
        ? `${course.title} is taken back from ${person.name}.`
        : `${person.name} does not own ${course.title} any more. Nothing has changed.`
    return changed(c, { notice, to: paths.person(person.id) })
  })

function refuseGift(c: PersonContext, { values, errors }: FormProblem): Promise<Response> {
  return showPerson(c, { gift: { values, errors } })
}

function refuseReturn(
  c: GuardedContext<'adminPurchase'>,
  { values, errors }: FormProblem,
): Promise<Response> {
  const { reason: error, password } = errors
  return showPerson(c, { returned: { courseId: c.var.course.id, reason: values.reason, error, password } })
}
