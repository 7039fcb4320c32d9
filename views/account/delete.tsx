import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { CurrentPasswordField } from './fields'

export interface DeleteAccountPageProps {
  email: string
  hasPassword: boolean
  /** Signed in within 15 minutes, which deleting takes without a password. */
  isFresh: boolean
  courses: number
  obstacle: 'last-admin' | 'no-successor' | null
  typed?: string
  errors?: Partial<Record<'password' | 'email', string>>
}

const obstacles = {
  'last-admin': 'You are the only administrator. Make somebody else an administrator first.',
  'no-successor':
    'You teach courses that are on sale or that students own, and there is no administrator to take them over. Please contact the team that runs this site.',
}

export function DeleteAccountPage(props: DeleteAccountPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Delete your account" lead={<span class="break">{props.email}</span>} />
      <div class="stack">
        <Consequences {...props} />
        <Confirmation {...props} />
      </div>
    </div>
  )
}

function Consequences({ courses }: DeleteAccountPageProps) {
  return (
    <div class="prose">
      <p>Your account is deleted right away. This cannot be undone:</p>
      <ul>
        <li>Your name, email address, phone number and profile picture are deleted.</li>
        <li>You are signed out everywhere, and your progress is deleted.</li>
        <li>You lose access to every course you bought or joined.</li>
        {courses > 0 ? (
          <li>
            An administrator takes over {count(courses, 'course')} of yours. Students keep the ones they own.
          </li>
        ) : null}
      </ul>
      <p>
        We keep what the law requires: receipts, tax invoices and credit notes as they were issued, with the
        name, email address and billing details on them, and the records of their payments and refunds,
        without your name.
      </p>
      <p>
        You can <a href={paths.accountExport()}>download your data</a> first. Afterwards, you can use your
        email address for a new account.
      </p>
    </div>
  )
}

function Confirmation({ obstacle, hasPassword, isFresh, typed, errors = {} }: DeleteAccountPageProps) {
  if (obstacle) return <Notice kind="error">{obstacles[obstacle]}</Notice>
  if (!hasPassword && !isFresh) {
    return (
      <Notice kind="info" title="Sign in again first">
        You have no password, so we need you to have signed in within the last 15 minutes. Sign out, sign in
        with Google and come back here.
      </Notice>
    )
  }
  return (
    <form class="form" method="post" action={paths.accountDelete()}>
      {hasPassword ? (
        <CurrentPasswordField error={errors.password} />
      ) : (
        <Field
          label="Email"
          name="email"
          type="email"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          hint="You have no password, so type your email address to confirm."
          value={typed}
          error={errors.email}
          autofocus={Boolean(errors.email) || undefined}
          required
        />
      )}
      <div class="form-actions">
        <Button kind="danger">Delete my account</Button>
        <ButtonLink kind="quiet" href={paths.account()}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  )
}
