import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

export interface DeletePageProps {
  email: string
  hasPassword: boolean
  /** Signed in only minutes ago; without a password that is asked for. */
  isFresh: boolean
  /** Courses that somebody else will look after. */
  courses: number
  obstacle: 'last admin' | 'no heir' | null
  /** What was typed for the address. */
  typed?: string
  errors?: Partial<Record<'password' | 'email', string>>
}

const obstacles = {
  'last admin':
    'You are the only administrator. Make somebody else one first, so that the site is looked after.',
  'no heir':
    'You teach courses that are on sale or that students own, and there is no administrator who could take them over. Ask the people who run this site.',
}

export function DeletePage(props: DeletePageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Delete your account" lead={<span class="break">{props.email}</span>} />
      <div class="stack">
        <Consequences {...props} />
        <Way {...props} />
      </div>
    </div>
  )
}

function Consequences({ courses }: DeletePageProps) {
  return (
    <div class="prose">
      <p>This happens at once and cannot be undone:</p>
      <ul>
        <li>Your name, e-mail address, phone number and picture are deleted.</li>
        <li>You are signed out everywhere, and your progress is deleted.</li>
        <li>Your access to every course you bought or joined ends.</li>
        {courses > 0 ? (
          <li>
            {count(courses, 'course')} of yours: an administrator takes over. Students who own one keep it.
          </li>
        ) : null}
        <li>Payments and refunds stay in the books, without your name.</li>
      </ul>
      <p>
        You can <a href={paths.accountExport()}>download your data</a> before. Your e-mail address is free for
        a new account afterwards.
      </p>
    </div>
  )
}

function Way({ obstacle, hasPassword, isFresh, typed, errors = {} }: DeletePageProps) {
  if (obstacle) return <Notice kind="error">{obstacles[obstacle]}</Notice>
  if (!hasPassword && !isFresh) {
    return (
      <Notice kind="info" title="Sign in again first">
        You have no password, so we ask you to have signed in within the last quarter of an hour. Sign out,
        sign in with Google and come back here.
      </Notice>
    )
  }
  return (
    <form class="form" method="post" action={paths.accountDelete()}>
      {hasPassword ? (
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          error={errors.password}
          autofocus={Boolean(errors.password) || undefined}
          required
        />
      ) : (
        <Field
          label="Email"
          name="email"
          type="email"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          hint="Type your e-mail address, because you have no password."
          value={typed}
          error={errors.email}
          autofocus={Boolean(errors.email) || undefined}
          required
        />
      )}
      <div class="form-actions">
        <Button kind="danger">Delete my account</Button>
        <ButtonLink kind="quiet" href={paths.account()}>
          Keep it
        </ButtonLink>
      </div>
    </form>
  )
}
