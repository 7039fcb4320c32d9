import type { Confirmation } from '../../src/models/account/confirmation'
import type { TwoFactor } from '../../src/models/account/two-factor'
import { paths } from '../../src/paths'
import { authenticatorUri, fewRecoveryCodes, secretInGroups } from '../../src/rules/account/two-factor'
import { count } from '../../src/rules/format'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { QrCode } from '../parts/qr-code'
import { When } from '../parts/text'
import { ConfirmedForm, type ConfirmedFormProblem } from './confirmed-form'

export type TwoFactorProblem = ConfirmedFormProblem

export interface TwoFactorPageProps {
  email: string
  siteName: string
  timeZone: string
  /** With a secret it is off, and about to be set up. */
  state: TwoFactor | { secret: string }
  confirmation: Confirmation
  problem?: TwoFactorProblem
}

export function TwoFactorPage(props: TwoFactorPageProps) {
  const { state } = props
  const lead =
    'since' in state
      ? 'On. Signing in also asks for a code from your authenticator app.'
      : 'Signing in will also ask for a code from an app on your phone, so your password alone is not enough to get in.'
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.account(), label: 'Account' }]} />
      <PageHeader title="Two-factor sign-in" lead={lead} />
      <div class="stack">
        {'since' in state ? (
          <IsOn {...props} twoFactor={state} />
        ) : (
          <SetUp {...props} secret={state.secret} />
        )}
      </div>
    </div>
  )
}

function SetUp({ email, siteName, secret, ...props }: TwoFactorPageProps & { secret: string }) {
  const uri = authenticatorUri(siteName, email, secret)
  return (
    <>
      <Card title="1. Add this site to your app">
        <p>
          Any authenticator app will do, such as Google Authenticator, Microsoft Authenticator, Aegis or your
          password manager. Scan this QR code with it. If you are on your phone, press the button instead.
        </p>
        <div class="authenticator">
          <QrCode text={uri} label="The same key as a picture to scan" />
          <div class="stack">
            <p>
              <ButtonLink href={uri}>Open the app</ButtonLink>
            </p>
            <p class="label-size soft">
              Can’t scan it? Type this key into the app instead, as a time-based code:
            </p>
            <p>
              <code class="secret-key">{secretInGroups(secret)}</code>
            </p>
          </div>
        </div>
      </Card>
      <Card title="2. Enter the code it shows">
        <ConfirmedForm
          {...props}
          id="set-up"
          action={paths.twoFactor()}
          button="Switch on"
          kind="primary"
          email={email}
        >
          <Field
            label="Code"
            name="code"
            size="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength={12}
            hint="Six digits, new every 30 seconds. Switching on signs you out everywhere else."
            error={props.problem?.errors.code}
            autofocus={Boolean(props.problem?.errors.code) || undefined}
            required
          />
        </ConfirmedForm>
      </Card>
    </>
  )
}

function IsOn({ twoFactor, ...props }: TwoFactorPageProps & { twoFactor: TwoFactor }) {
  const { since, recoveryCodesLeft } = twoFactor
  return (
    <>
      <Card title="Recovery codes">
        <p>
          {count(recoveryCodesLeft, 'code')} left. Each lets you in once without the app.
          {recoveryCodesLeft <= fewRecoveryCodes ? ' Make new ones before you run out.' : null}
        </p>
        <ConfirmedForm {...props} id="renew" action={paths.recoveryCodes()} button="Make new codes">
          <p class="label-size soft">You get ten new codes, and the old ones stop working.</p>
        </ConfirmedForm>
      </Card>
      <Card title="Switch off" danger>
        <p>
          On since <When date={since} timeZone={props.timeZone} />. For a new phone, switch it off and set it
          up again there.
        </p>
        <ConfirmedForm
          {...props}
          id="switch-off"
          action={paths.twoFactorDelete()}
          button="Switch off"
          kind="danger"
          confirm="Your password or Google account alone will be enough to sign in."
        />
      </Card>
    </>
  )
}
