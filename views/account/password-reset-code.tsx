import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface PasswordResetCodePageProps {
  email: string
  /** How long a code is good for; null where only links are mailed. */
  lifeSeconds: number | null
  secondsLeft: number
  errors?: Partial<Record<'code', string>>
}

/** Says the same whether or not anybody has the address. */
export function PasswordResetCodePage(props: PasswordResetCodePageProps) {
  const { email, lifeSeconds } = props
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="Look into your mailbox" lead={email} />
      <p>
        If there is an account with this address, we have mailed{' '}
        {lifeSeconds ? 'a code and a link' : 'a link'} to it. The link works for 15 minutes, in any browser.
      </p>
      {lifeSeconds ? <CodeForm {...props} lifeSeconds={lifeSeconds} /> : null}
      <form class="form" method="post" action={paths.passwordResetAgain()}>
        <p class="label-size soft">
          No mail? Look among the unwanted ones. We send only a few in an hour; after that the link in the
          newest one stays good.
        </p>
        <Button wide>{lifeSeconds ? 'Send a new code' : 'Send a new link'}</Button>
      </form>
      <p class="label-size soft">
        Not your address? <a href={paths.passwordReset()}>Enter another</a>
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
        hint={`Six digits, good for ${lifeSeconds} seconds after the mail is sent. Only in this browser.`}
        error={errors.code}
        required
      />
      <p class="label-size numeric" data-code-clock hidden={secondsLeft > 0}>
        {secondsLeft > 0 ? null : timeIsUp}
      </p>
      <p class="visually-hidden" role="status" data-code-over={timeIsUp} />
      <Button kind="primary" wide>
        Go on
      </Button>
    </form>
  )
}

const timeIsUp = 'Time is up, unless the mail came late. Send a new code, or open the link in the mail.'
