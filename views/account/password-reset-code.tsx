import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface PasswordResetCodePageProps {
  email: string
  lifeSeconds: number | null
  secondsLeft: number
  errors?: Partial<Record<'code', string>>
}

/** The same whether or not anybody has the address. */
export function PasswordResetCodePage(props: PasswordResetCodePageProps) {
  const { email, lifeSeconds } = props
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="Check your email" lead={email} />
      <p>
        If there is an account with this address, we have sent it{' '}
        {lifeSeconds ? 'a code and a link' : 'a link'}. The link works for 15 minutes, in any browser.
      </p>
      {lifeSeconds ? <CodeForm {...props} lifeSeconds={lifeSeconds} /> : null}
      <form class="form" method="post" action={paths.passwordResetAgain()}>
        <p class="label-size soft">
          No email? Check your spam folder. We send only a few emails an hour; after that, use the link in the
          latest one.
        </p>
        <Button wide>{lifeSeconds ? 'Send a new code' : 'Send a new link'}</Button>
      </form>
      <p class="label-size soft">
        Not your address? <a href={paths.passwordReset()}>Enter a different one</a>
      </p>
    </div>
  )
}

function CodeForm({
  lifeSeconds,
  secondsLeft,
  errors = {},
}: PasswordResetCodePageProps & { lifeSeconds: number }) {
  return (
    <form class="form" method="post" action={paths.passwordResetCode()} data-code-seconds={secondsLeft}>
      <Field
        label="Code"
        name="code"
        size="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        maxlength={12}
        hint={`Six digits, valid for ${lifeSeconds} seconds after we send the email. Works only in this browser.`}
        error={errors.code}
        required
      />
      <p class="label-size numeric" data-code-clock hidden={secondsLeft > 0}>
        {secondsLeft > 0 ? null : timeIsUp}
      </p>
      <p class="visually-hidden" role="status" data-code-over={timeIsUp} />
      <Button kind="primary" wide>
        Continue
      </Button>
    </form>
  )
}

const timeIsUp = 'Time is up, unless the email arrived late. Send a new code, or open the link in the email.'
