import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface GoogleLinkPageProps {
  /** The account that is here already. */
  email: string
  hasPassword: boolean
  googleEmail: string
  next?: string
  error?: string
}

/** Before a Google account opens an account, its holder proves to be the same person. */
export function GoogleLinkPage({ email, hasPassword, googleEmail, next, error }: GoogleLinkPageProps) {
  const as = googleEmail.toLowerCase() === email ? '' : ` as ${googleEmail}`
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Link your Google account" />
      <div class="stack">
        <p>
          There is an account here for <b>{email}</b>.{' '}
          {hasPassword ? 'Enter its password once' : 'Prove that it is yours'}, and from then on you can sign
          in to it with Google{as}.
        </p>
        {hasPassword ? <PasswordForm email={email} error={error} /> : <WithoutPassword />}
        <p class="label-size soft">
          {hasPassword ? (
            <>
              Forgotten it? <a href={paths.passwordReset()}>Set a new password</a>, then continue with Google
              again.{' '}
            </>
          ) : null}
          <a href={paths.signIn({ next })}>Do not link</a>
        </p>
      </div>
    </div>
  )
}

function PasswordForm({ email, error }: Pick<GoogleLinkPageProps, 'email' | 'error'>) {
  return (
    <form class="form" method="post" action={paths.googleLink()}>
      <Field label="Email" name="email" type="email" autocomplete="username" value={email} readonly />
      <Field
        label="Password"
        name="password"
        type="password"
        autocomplete="current-password"
        error={error}
        required
      />
      <Button kind="primary" wide>
        Link and sign in
      </Button>
    </form>
  )
}

function WithoutPassword() {
  return (
    <>
      <p>
        The account has no password yet. Set one with a mail to its address, then continue with Google again
        and enter it here.
      </p>
      <ButtonLink href={paths.passwordReset()} kind="primary" wide>
        Set a password by e-mail
      </ButtonLink>
    </>
  )
}
