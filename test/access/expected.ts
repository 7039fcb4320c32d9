import type { Access } from '../../src/paths'
import type { Route } from '../addresses'
import { areaOf } from './areas'
import { type Actor, actors } from './cast'
import type { FormName } from './forms'

/**
 * How an address answers: `in` lets the person in, `sign-in` sends them there and back, `as a
 * visitor` looks at no session; a number is a status, anything else is where a 303 leads.
 */
export type Answer = 'in' | 'sign-in' | 'as a visitor' | number | `/${string}` | `http${string}`

const strangers: Actor[] = ['visitor', 'suspendedBuyer']
const members = actors.filter((who) => !strangers.includes(who))
const except = (list: readonly Actor[], ...those: Actor[]) => list.filter((who) => !those.includes(who))

/** Who is let in by each word, and what strangers and everybody else get. */
const words: Record<Access, { letIn: readonly Actor[]; strangers: Answer; others: Answer }> = {
  visitor: { letIn: actors, strangers: 'in', others: 'in' },
  visibleCourse: { letIn: actors, strangers: 'in', others: 'in' },
  visibleChapter: { letIn: actors, strangers: 'in', others: 'in' },
  resetRequest: { letIn: [], strangers: '/password-reset', others: '/password-reset' },
  resetGrant: { letIn: [], strangers: '/password-reset', others: '/password-reset' },
  secondStep: { letIn: [], strangers: '/sign-in', others: '/sign-in' },
  uploader: { letIn: members, strangers: 403, others: 403 },
  machine: { letIn: [], strangers: 'as a visitor', others: 'as a visitor' },
  customer: { letIn: members, strangers: '/sign-up?next=/courses/', others: '/sign-up?next=/courses/' },
  signedIn: { letIn: members, strangers: 'sign-in', others: 'sign-in' },
  watcher: { letIn: ['buyer', 'instructor'], strangers: 403, others: 403 },
  learner: { letIn: ['buyer', 'instructor'], strangers: 'sign-in', others: 403 },
  buyer: { letIn: ['buyer', 'instructor'], strangers: 'sign-in', others: 404 },
  ownOrder: { letIn: ['buyer'], strangers: 'sign-in', others: 404 },
  instructor: { letIn: ['instructor', 'otherInstructor', 'admin'], strangers: 'sign-in', others: 403 },
  ownCourse: { letIn: ['instructor'], strangers: 'sign-in', others: 404 },
  ownSale: { letIn: ['instructor'], strangers: 'sign-in', others: 404 },
  ownChapter: { letIn: ['instructor'], strangers: 'sign-in', others: 404 },
  admin: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminCategory: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminUser: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminOrder: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminRefundRequest: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminPayment: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminRefund: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminDispute: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminWebhook: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminPurchase: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminCourse: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminChapter: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
  adminAttachment: { letIn: ['admin'], strangers: 'sign-in', others: 404 },
}

interface Row {
  at: string
  who: readonly Actor[]
  form?: FormName
  answer: Answer
}

const students: Actor[] = ['student', 'buyer', 'refundedBuyer']

/** Where an address differs from its word, or a page that one may see is none. */
const rows: Row[] = [
  { at: 'GET /sign-up', who: members, answer: '/learning' },
  { at: 'GET /sign-in', who: members, answer: '/learning' },
  { at: 'GET /sign-in/google', who: actors, answer: 'http' },
  { at: 'GET /sign-in/google/callback', who: actors, answer: 400 },
  { at: 'GET /sign-in/google/link', who: actors, answer: 400 },
  { at: 'GET /sign-in/two-factor', who: actors, answer: '/sign-in' },
  { at: 'GET /verify-email', who: strangers, answer: 'sign-in' },
  { at: 'GET /password-reset/code', who: actors, answer: '/password-reset' },
  { at: 'GET /password-reset/link', who: actors, answer: 410 },
  { at: 'GET /password-reset/new', who: actors, answer: '/password-reset' },
  { at: 'POST /account/sessions/:sessionId/delete', who: except(members, 'buyer'), answer: 404 },

  { at: 'GET /learn/:slug', who: ['buyer', 'instructor'], answer: '/learn/:slug/' },
  { at: 'GET /learn/:slug', who: actors, answer: '/courses/:slug' },
  { at: 'GET /learn/:slug/attachments/:attachmentId', who: ['buyer', 'instructor'], answer: 'http' },
  { at: 'GET /courses/:slug/purchase', who: ['buyer', 'instructor'], answer: '/learn/:slug' },
  { at: 'GET /courses/:slug/purchase', who: members, answer: '/courses/:slug' },
  { at: 'POST /purchases/receipt', who: except(members, 'buyer'), form: 'good', answer: 404 },

  { at: 'GET /teach/orders', who: students, answer: '/teach' },
  { at: 'GET /teach/earnings', who: students, answer: '/teach' },
  { at: 'GET /teach/earnings.csv', who: students, answer: '/teach' },

  { at: 'POST /webhooks/razorpay', who: ['visitor'], answer: 400 },
  { at: 'POST /webhooks/mux', who: ['visitor'], answer: 400 },
  { at: 'POST /purchases/callback', who: ['visitor'], answer: 404 },
  { at: 'GET /health/live', who: ['visitor'], answer: 200 },
  { at: 'GET /health/ready', who: ['visitor'], answer: 200 },
  { at: 'GET /metrics', who: ['visitor'], answer: 404 },
  // Pages of this site ask here, too.
  { at: 'GET /api/uploadthing', who: strangers, answer: 403 },
  { at: 'GET /api/uploadthing', who: members, answer: 200 },
  { at: 'POST /api/uploadthing', who: strangers, answer: 403 },
  { at: 'POST /api/uploadthing', who: members, answer: 400 },
]

export const rowsWithout = (routes: Route[]): string[] => {
  const known = new Set(routes.map(({ method, pattern }) => `${method} ${pattern}`))
  return rows.map(({ at }) => at).filter((at) => !known.has(at))
}

/** What `who` is answered where the ids are all of one course. */
export function answerFor(who: Actor, { method, pattern }: Route, form?: FormName): Answer {
  const at = `${method} ${pattern}`
  const row = rows.find(
    (one) => one.at === at && one.who.includes(who) && (one.form === undefined || one.form === form),
  )
  if (row) return row.answer
  const area = areaOf(pattern)
  if (!area) throw new Error(`test/access/areas.ts does not say whom ${pattern} is for`)
  const word = words[area]
  if (word.letIn.includes(who)) return 'in'
  return strangers.includes(who) ? word.strangers : word.others
}

/** The same where an id is another course's or nobody's: who may see the address finds nothing there. */
export function answerForMixed(who: Actor, route: Route): Answer {
  const answer = answerFor(who, route, 'bad')
  const isSentToSignUp = areaOf(route.pattern) === 'customer' && strangers.includes(who)
  return answer === 'sign-in' || isSentToSignUp ? answer : 404
}
