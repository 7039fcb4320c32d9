import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { PageHeader } from '../parts/page-header'
import { EmailField } from './fields'

export interface PasswordResetPageProps {
  hasCode: boolean
  email?: string
  errors?: Partial<Record<'email', string>>
}

export function PasswordResetPage({ hasCode, email, errors = {} }: PasswordResetPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader
        title="Forgot your password?"
        lead={`We will email you ${hasCode ? 'a code and a link' : 'a link'} to choose a new one.`}
      />
      <form class="form" method="post" action={paths.passwordReset()}>
        <EmailField value={email} error={errors.email} />
        <Button kind="primary" wide>
          {hasCode ? 'Send code' : 'Send link'}
        </Button>
        <p class="label-size soft">
          Remember it after all? <a href={paths.signIn()}>Sign in</a>
        </p>
      </form>
    </div>
  )
}

/** A button, because mail programs open links to look at them. */
export function PasswordResetLinkPage({ token }: { token: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Choose a new password" lead="Continue to set a new password for your account." />
      <form class="form" method="post" action={paths.passwordResetLink()}>
        <input type="hidden" name="token" value={token} />
        <Button kind="primary" wide>
          Continue
        </Button>
      </form>
    </div>
  )
}

export function ExpiredResetLinkPage() {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="This link no longer works" />
      <p role="alert">
        It works once, for 15 minutes after the email was sent. Request a new one; your password has not
        changed.
      </p>
      <ButtonLink href={paths.passwordReset()} kind="primary" wide>
        Request a new link
      </ButtonLink>
    </div>
  )
}
