import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { CurrentPasswordField } from './fields'

export interface GoogleLinkPageProps {
  email: string
  hasPassword: boolean
  googleEmail: string
  next?: string
  error?: string
}

export function GoogleLinkPage({ email, hasPassword, googleEmail, next, error }: GoogleLinkPageProps) {
  const as = googleEmail.toLowerCase() === email ? '' : ` as ${googleEmail}`
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Link your Google account" />
      <div class="stack">
        <p>
          There is already an account for <b>{email}</b>.{' '}
          {hasPassword
            ? `Enter its password once, and you can sign in to it with Google${as} from then on.`
            : 'It has no password yet. Set one by email, then continue with Google again and enter it here.'}
        </p>
        {hasPassword ? (
          <PasswordForm email={email} error={error} />
        ) : (
          <ButtonLink href={paths.passwordReset()} kind="primary" wide>
            Set a password by email
          </ButtonLink>
        )}
        <p class="label-size soft">
          {hasPassword ? (
            <>
              Forgot it? <a href={paths.passwordReset()}>Set a new password</a>, then continue with Google
              again.{' '}
            </>
          ) : null}
          <a href={paths.signIn({ next })}>Cancel</a>
        </p>
      </div>
    </div>
  )
}

function PasswordForm({ email, error }: Pick<GoogleLinkPageProps, 'email' | 'error'>) {
  return (
    <form class="form" method="post" action={paths.googleLink()}>
      <Field label="Email" name="email" type="email" autocomplete="username" value={email} readonly />
      <CurrentPasswordField error={error} />
      <Button kind="primary" wide>
        Link and sign in
      </Button>
    </form>
  )
}
