import type { Child } from 'hono/jsx'
import type { AuditLine } from '../../src/models/admin/audit'
import type { AuditAction, AuditSubject } from '../../src/models/audit'
import { paths } from '../../src/paths'
import { type Role, roleNames, roles } from '../../src/rules/account/roles'
import { count, rupees } from '../../src/rules/format'
import { jobWords } from './job-words'

/** Behind the name of who did it; `on` is what it was done to. */
type Sentence = (event: AuditLine, on: Child) => Child

const courseOf = ({ course }: AuditLine): Child =>
  course ? <a href={paths.adminCourse(course.id)}>{course.title}</a> : 'a course'

const roleIn = (value: string | number | undefined): string => {
  const role = roles.find((one) => one === value)
  return role ? roleNames[role satisfies Role] : 'unknown'
}

const amountIn = ({ details }: AuditLine): string =>
  typeof details.amountPaise === 'number' ? ` of ${rupees(details.amountPaise)}` : ''

const coursesIn = ({ details }: AuditLine, one: string, many: string): string =>
  Number(details.courses ?? 0) > 0 ? count(Number(details.courses), one, many) : ''

const jobVerb = (verb: string, { details }: AuditLine, on: Child): Child => (
  <>
    {verb} {on} ({jobWords(String(details.kind ?? '')).toLowerCase()})
  </>
)

const suffix = (text: string): string => (text ? `, and ${text}` : '')

const table: Record<AuditAction, [label: string, say: Sentence]> = {
  'ask-vendor': ['Razorpay checked', (_, on) => <>checked {on} with Razorpay</>],
  'give-course': [
    'Course given',
    (event, on) => (
      <>
        gave {courseOf(event)} to {on}
      </>
    ),
  ],
  'take-course-back': [
    'Course taken back',
    (event, on) => (
      <>
        took {courseOf(event)} back from {on}
      </>
    ),
  ],
  'accept-payment': ['Held payment accepted', (_, on) => <>gave the course for {on}</>],
  'return-payment': ['Held payment sent back', (_, on) => <>sent back {on}</>],
  'request-refund': [
    'Refund requested',
    (event, on) => (
      <>
        asked for a refund{amountIn(event)} of {on}
      </>
    ),
  ],
  'approve-refund': [
    'Refund approved',
    (event, on) => (
      <>
        approved a refund{amountIn(event)} of {on}
      </>
    ),
  ],
  'decline-refund': [
    'Refund declined',
    (event, on) => (
      <>
        declined a refund{amountIn(event)} of {on}
      </>
    ),
  ],
  'retry-refund': [
    'Refund tried again',
    (event, on) => (
      <>
        tried the refund{amountIn(event)} of {on} again
      </>
    ),
  ],
  'drop-refund': [
    'Refund dismissed',
    (event, on) => (
      <>
        dismissed the refund{amountIn(event)} of {on}
      </>
    ),
  ],
  'send-receipt': ['Receipt sent again', (_, on) => <>sent the receipt of {on} again</>],
  'suspend-course': ['Course taken off sale', (_, on) => <>took {on} off sale</>],
  'lift-course-suspension': ['Course put back on sale', (_, on) => <>put {on} back on sale</>],
  'erase-chapter': [
    'Lesson erased',
    (event, on) => (
      <>
        erased {on} of {courseOf(event)}
      </>
    ),
  ],
  'erase-file': [
    'File erased',
    (event, on) => (
      <>
        erased {on} of {courseOf(event)}
      </>
    ),
  ],
  'suspend-user': [
    'Person suspended',
    (event, on) => (
      <>
        suspended {on}
        {suffix(coursesIn(event, 'course went off sale', 'courses went off sale'))}
      </>
    ),
  ],
  'lift-user-suspension': ['Suspension lifted', (_, on) => <>lifted the suspension of {on}</>],
  'sign-out-user': ['Person signed out', (_, on) => <>signed {on} out everywhere</>],
  'change-role': [
    'Role changed',
    (event, on) => (
      <>
        changed the role of {on} from {roleIn(event.details.from)} to {roleIn(event.details.to)}
        {suffix(coursesIn(event, 'course was taken over', 'courses were taken over'))}
      </>
    ),
  ],
  'delete-account': ['Account deleted', () => <>deleted their own account</>],
  'delete-course': ['Course deleted', (event) => <>deleted the course {event.details.name}</>],
  'answer-teaching-request': [
    'Request to teach answered',
    (event, on) => (
      <>
        {event.details.answer === 'approve' ? 'approved' : 'declined'} the request of {on} to teach
      </>
    ),
  ],
  'add-category': ['Category added', (_, on) => <>added the category {on}</>],
  'rename-category': [
    'Category renamed',
    (event) => (
      <>
        renamed the category {event.details.former} to {event.details.name}
      </>
    ),
  ],
  'send-test-mail': ['Test email sent', (_, on) => <>sent a test email to {on}</>],
  'process-webhook': [
    'Webhook processed again',
    (event) => (
      <>
        processed the webhook {event.details.type ?? ''} from {event.details.source ?? ''} again
      </>
    ),
  ],
  'delete-category': ['Category deleted', (event) => <>deleted the category {event.details.name}</>],
  'run-job': ['Job run', (event, on) => <>{jobVerb('had', event, on)} run at once</>],
  'give-up-job': ['Job given up', (event, on) => jobVerb('gave up', event, on)],
  'turn-two-factor-on': [
    'Two-factor sign-in switched on',
    (_, on) => <>switched on two-factor sign-in for {on}</>,
  ],
  'turn-two-factor-off': [
    'Two-factor sign-in switched off',
    (_, on) => <>switched off two-factor sign-in for {on}</>,
  ],
  'use-recovery-code': ['Recovery code used', (_, on) => <>signed in as {on} with a recovery code</>],
  'reset-two-factor': ['Two-factor sign-in reset', (_, on) => <>reset two-factor sign-in for {on}</>],
}

export const auditLabels = Object.fromEntries(
  Object.entries(table).map(([action, [label]]) => [action, label]),
) as Record<AuditAction, string>

const nouns: Record<AuditSubject, string> = {
  order: 'order',
  payment: 'payment',
  course: 'course',
  chapter: 'lesson',
  attachment: 'file',
  user: 'person',
  category: 'category',
  job: 'job',
  webhook: 'webhook',
}

/** Where there is a page about it. */
const pages: Partial<Record<AuditSubject, (id: string) => string>> = {
  course: paths.adminCourse,
  order: paths.adminOrder,
  user: paths.person,
}

function Subject({ subject: { type, id, name } }: AuditLine) {
  const page = pages[type]
  if (!name) {
    return (
      <>
        {nouns[type] ?? type} {page ? <a href={page(id)}>{id}</a> : <code>{id}</code>}
      </>
    )
  }
  return page ? <a href={page(id)}>{name}</a> : <strong>{name}</strong>
}

/** "Divya Rao took Queues from first principles off sale." */
export function AuditSentence({ event }: { event: AuditLine }) {
  const { actor, action } = event
  const known = table[action]
  const on = <Subject {...event} />
  return (
    <>
      {actor ? <a href={paths.person(actor.id)}>{actor.name}</a> : 'This site'}{' '}
      {known ? (
        known[1](event, on)
      ) : (
        <>
          did “{action}” to {on}
        </>
      )}
      .
    </>
  )
}
