import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Badge } from '../parts/text'

export function TwoFactorCard({ isOn }: { isOn: boolean }) {
  return (
    <Card title="Two-factor sign-in">
      {isOn ? (
        <p>
          <Badge kind="success">On</Badge> Signing in asks for a code from your authenticator app, too.
        </p>
      ) : (
        <p>
          Keep your account yours, even if somebody learns your password: sign in with a code from an app,
          too.
        </p>
      )}
      <ButtonLink href={paths.twoFactor()}>{isOn ? 'Manage' : 'Set it up'}</ButtonLink>
    </Card>
  )
}
