import type { Child } from 'hono/jsx'
import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { CurrentPasswordField, UsernameHint } from './fields'

export interface VerifyEmailPageProps {
  email: string
  token: string
  isOwn: boolean
  signedInAs: string | null
  hasPassword: boolean
  errors?: Partial<Record<'form' | 'password', string>>
}

/** A button, because mail programs open links to look at them. */
export function VerifyEmailPage({ isOwn, signedInAs, errors = {}, ...link }: VerifyEmailPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your email address" lead={<span class="break">{link.email}</span>} />
      <div class="stack">
        {errors.form ? <Notice kind="error">{errors.form}</Notice> : null}
        {isOwn ? (
          <KeepForm token={link.token} />
        ) : (
          <PasswordForm {...link} signedInAs={signedInAs} error={errors.password} />
        )}
      </div>
    </div>
  )
}

function KeepForm({ token }: { token: string }) {
  return (
    <>
      <form class="form" method="post" action={paths.verifyEmail()}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="choice" value="keep" />
        <p>Confirm that this address is yours. You stay signed in here; all other browsers are signed out.</p>
        <Button kind="primary" wide>
          Confirm address
        </Button>
      </form>
      <NewPasswordForm token={token} kind="quiet" label="Choose a new password">
        Did somebody else create this account with your address? Confirm it with a new password that only you
        know.
      </NewPasswordForm>
    </>
  )
}

type PasswordFormProps = Omit<VerifyEmailPageProps, 'isOwn' | 'errors'> & { error?: string }

/** Whoever opens the link may not have created the account: to keep its password, enter it. */
function PasswordForm({ email, token, signedInAs, hasPassword, error }: PasswordFormProps) {
  const other = signedInAs ? (
    <p class="soft">
      You are signed in as <b class="break">{signedInAs}</b>. When you confirm, this browser switches to{' '}
      <b class="break">{email}</b>.
    </p>
  ) : null
  if (!hasPassword) {
    return (
      <>
        {other}
        <NewPasswordForm token={token} kind="primary" label="Confirm address">
          Confirm that this address is yours, and choose a password to sign in with.
        </NewPasswordForm>
      </>
    )
  }
  return (
    <>
      {other}
      <form class="form" method="post" action={paths.verifyEmail()}>
        <input type="hidden" name="token" value={token} />
        <UsernameHint email={email} />
        <p>
          {signedInAs ? null : 'You are not signed in here. '}Enter the password of this account to confirm
          that the address is yours. All other browsers will be signed out.
        </p>
        <CurrentPasswordField error={error} />
        <Button kind="primary" wide>
          Confirm address
        </Button>
      </form>
      <p class="or">or</p>
      <NewPasswordForm token={token} kind="secondary" label="Choose a new password">
        Do you not know the password, or did somebody else create this account with your address? Confirm it
        with a new password, and the old one stops working.
      </NewPasswordForm>
    </>
  )
}

function NewPasswordForm({
  token,
  kind,
  label,
  children,
}: {
  token: string
  kind: 'primary' | 'secondary' | 'quiet'
  label: string
  children?: Child
}) {
  return (
    <form class="form" method="post" action={paths.verifyEmail()}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="choice" value="new" />
      <p>{children}</p>
      <Button kind={kind} wide>
        {label}
      </Button>
    </form>
  )
}
