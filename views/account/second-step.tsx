import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface SecondStepPageProps {
  email: string
  next?: string
  error?: string
  /** The error is about a recovery code. */
  isRecovery?: boolean
}

export function SecondStepPage({ email, next, error, isRecovery = false }: SecondStepPageProps) {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="Enter your code" lead={email} />
      <form class="form" method="post" action={paths.secondStep()}>
        <Field
          label="Code"
          name="code"
          size="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          hint="Six digits, from your authenticator app."
          error={isRecovery ? undefined : error}
          autofocus={!isRecovery || undefined}
          required
        />
        <Button kind="primary" wide>
          Continue
        </Button>
      </form>
      <details class="disclosure" open={isRecovery || undefined}>
        <summary>Use a recovery code</summary>
        <form class="form" method="post" action={paths.secondStep()}>
          <input type="hidden" name="with" value="recovery-code" />
          <Field
            label="Recovery code"
            name="code"
            id="recovery-code"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxlength={20}
            hint="One of the ten that you saved when you set this up. Each works once."
            error={isRecovery ? error : undefined}
            autofocus={isRecovery || undefined}
            required
          />
          <Button wide>Sign in with it</Button>
        </form>
      </details>
      <p class="label-size soft">
        Lost the app and the codes? Write to the team that runs this site.{' '}
        <a href={paths.signIn({ next })}>Sign in as somebody else</a>
      </p>
    </div>
  )
}
