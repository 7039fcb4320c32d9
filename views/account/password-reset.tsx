import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface PasswordResetPageProps {
  /** Whether the mail holds a code beside the link. */
  hasCode: boolean
  email?: string
  errors?: Partial<Record<'email', string>>
}

export function PasswordResetPage({ hasCode, email, errors = {} }: PasswordResetPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader
        title="Forgot your password?"
        lead={
          hasCode
            ? 'We mail you a code and a link to choose a new one.'
            : 'We mail you a link to choose a new one.'
        }
      />
      <form class="form" method="post" action={paths.passwordReset()}>
        <Field
          label="Email"
          name="email"
          type="email"
          inputmode="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          value={email}
          error={errors.email}
          required
        />
        <Button kind="primary" wide>
          {hasCode ? 'Send code' : 'Send link'}
        </Button>
        <p class="label-size soft">
          You remember it? <a href={paths.signIn()}>Sign in</a>
        </p>
      </form>
    </div>
  )
}

/** Where the link of the mail leads. The button is there because mail programs open links to look at them. */
export function PasswordResetLinkPage({ token }: { token: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Choose a new password" lead="You came by the link that we mailed you." />
      <form class="form" method="post" action={paths.passwordResetLink()}>
        <input type="hidden" name="token" value={token} />
        <Button kind="primary" wide>
          Go on
        </Button>
      </form>
    </div>
  )
}

export function DeadPasswordResetLinkPage() {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="This link does not work any more" />
      <p role="alert">
        It works once, within 15 minutes of the mail. Ask for a new one; your password is as it was.
      </p>
      <ButtonLink href={paths.passwordReset()} kind="primary" wide>
        Ask for a new link
      </ButtonLink>
    </div>
  )
}
