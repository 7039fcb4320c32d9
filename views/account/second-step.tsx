import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface SecondStepPageProps {
  email: string
  next?: string
  error?: string
  isRecovery?: boolean
}

/** One field on each of its two faces, so that phones and password managers know what to fill in. */
export function SecondStepPage({ email, next, error, isRecovery = false }: SecondStepPageProps) {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title={isRecovery ? 'Enter a recovery code' : 'Enter your code'} lead={email} />
      <form class="form" method="post" action={paths.secondStep()}>
        {isRecovery ? <RecoveryField error={error} /> : <CodeField error={error} />}
        <Button kind="primary" wide>
          Continue
        </Button>
      </form>
      <p>
        {isRecovery ? (
          <a href={paths.secondStep()}>Use your authenticator app</a>
        ) : (
          <a href={paths.secondStep({ with: 'recovery-code' })}>Use a recovery code</a>
        )}
      </p>
      <p class="label-size soft">
        Lost your phone and the recovery codes? Contact the team that runs this site.{' '}
        <a href={paths.signIn({ next })}>Sign in as somebody else</a>
      </p>
    </div>
  )
}

const CodeField = ({ error }: { error?: string }) => (
  <Field
    label="Code"
    name="code"
    size="code"
    inputmode="numeric"
    autocomplete="one-time-code"
    maxlength={20}
    hint="Six digits from your authenticator app."
    error={error}
    autofocus
    required
  />
)

const RecoveryField = ({ error }: { error?: string }) => (
  <>
    <input type="hidden" name="with" value="recovery-code" />
    <Field
      label="Recovery code"
      name="code"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      maxlength={20}
      hint="One of the ten codes you saved when you set this up. Each works once."
      error={error}
      autofocus
      required
    />
  </>
)
