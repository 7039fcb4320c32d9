import type { Child } from 'hono/jsx'
import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

export interface VerifyEmailPageProps {
  email: string
  token: string
  /** Whether this browser is signed in to this very account. */
  isOwn: boolean
  /** The address of whoever is signed in here. */
  signedInAs: string | null
  hasPassword: boolean
  errors?: Partial<Record<'form' | 'password', string>>
}

/** Where the link of the mail leads. The button is there because mail programs open links to look at them. */
export function VerifyEmailPage({ isOwn, signedInAs, errors = {}, ...link }: VerifyEmailPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your address" lead={<span class="break">{link.email}</span>} />
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
        <p>Confirm that this address is yours. You stay signed in here; every other browser is signed out.</p>
        <Button kind="primary" wide>
          Confirm address
        </Button>
      </form>
      <NewPasswordForm token={token} kind="quiet" label="Choose a new password">
        Somebody else made this account with your address? Then confirm it with a new password, which only you
        know.
      </NewPasswordForm>
    </>
  )
}

type PasswordFormProps = Omit<VerifyEmailPageProps, 'isOwn' | 'errors'> & { error?: string }

/** Whoever opens the link may not be who made the account: a password that is kept has to be known. */
function PasswordForm({ email, token, signedInAs, hasPassword, error }: PasswordFormProps) {
  const other = signedInAs ? (
    <p class="soft">
      You are signed in as <b class="break">{signedInAs}</b>. When you confirm, this browser changes over to{' '}
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
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <p>
          {signedInAs ? null : 'You are not signed in here. '}Enter the password of this account to confirm
          that the address is yours. Every other browser is signed out.
        </p>
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          error={error}
          autofocus={Boolean(error) || undefined}
          required
        />
        <Button kind="primary" wide>
          Confirm address
        </Button>
      </form>
      <p class="or">or</p>
      <NewPasswordForm token={token} kind="secondary" label="Choose a new password">
        You do not know the password, or somebody else made this account with your address? Confirm it with a
        new password, and the old one stops working.
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

/** What a person without a link sees, who is signed in: where the mail went, and how to get another. */
export function UnverifiedPage({ email }: { email: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your address" lead={email} />
      <form class="form" method="post" action={paths.verifyEmailAgain()}>
        <p>
          We mailed you a link. Open it within 24 hours, best in this browser. You can buy and learn before
          that; teaching begins after it.
        </p>
        <p class="soft">No mail? Look among the unwanted ones, or let us send another.</p>
        <Button kind="primary" wide>
          Send again
        </Button>
      </form>
    </div>
  )
}

export function VerifiedPage({ email }: { email: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Your e-mail address is confirmed" lead={email} />
      <ButtonLink href={paths.learning()} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    </div>
  )
}

/** A link that is used, over or mistyped, and the way on for whoever holds it. */
export function DeadVerificationPage({ user }: { user: { email: string; isVerified: boolean } | null }) {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="This link does not work any more" />
      <p role="alert">
        It works once, within 24 hours of the mail.{' '}
        {user?.isVerified
          ? `Nothing is left to do: ${user.email} is confirmed.`
          : user
            ? `We can mail a new one to ${user.email}.`
            : 'If you used it already, your address is confirmed. If not, sign in and we mail you a new one.'}
      </p>
      <NextStep user={user} />
    </div>
  )
}

function NextStep({ user }: { user: { isVerified: boolean } | null }) {
  if (!user) {
    return (
      <ButtonLink href={paths.signIn({ next: paths.verifyEmail() })} kind="primary" wide>
        Sign in
      </ButtonLink>
    )
  }
  if (user.isVerified) {
    return (
      <ButtonLink href={paths.learning()} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    )
  }
  return (
    <form method="post" action={paths.verifyEmailAgain()}>
      <Button kind="primary" wide>
        Send again
      </Button>
    </form>
  )
}
