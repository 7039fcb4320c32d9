import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Badge } from '../parts/text'

export function TwoFactorCard({ isOn }: { isOn: boolean }) {
  return (
    <Card title="Two-factor sign-in">
      {isOn ? (
        <p>
          <Badge kind="success">On</Badge> Signing in also asks for a code from your authenticator app.
        </p>
      ) : (
        <p>
          Protect your account even if somebody learns your password: signing in also asks for a code from an
          app.
        </p>
      )}
      <ButtonLink href={paths.twoFactor()}>{isOn ? 'Manage' : 'Set it up'}</ButtonLink>
    </Card>
  )
}
