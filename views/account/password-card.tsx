import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { CurrentPasswordField, NewPasswordField, UsernameHint } from './fields'

export interface PasswordCardProps {
  email: string
  hasPassword: boolean
  isFresh: boolean
  errors?: Partial<Record<'currentPassword' | 'password', string>>
}

export function PasswordCard({ email, hasPassword, isFresh, errors = {} }: PasswordCardProps) {
  if (!hasPassword && !isFresh) return <SignInAgain />
  return (
    <Card title="Password" id="password-card">
      <form class="form" method="post" action={paths.accountPassword()}>
        <UsernameHint email={email} />
        {hasPassword ? (
          <CurrentPasswordField
            label="Current password"
            name="currentPassword"
            error={errors.currentPassword}
          />
        ) : (
          <p>You have no password yet. Set one to be able to sign in with your email address as well.</p>
        )}
        <NewPasswordField
          error={errors.password}
          autofocus={Boolean(errors.password) && !errors.currentPassword}
        />
        <div class="form-actions">
          <Button>{hasPassword ? 'Change password' : 'Set password'}</Button>
        </div>
      </form>
    </Card>
  )
}

function SignInAgain() {
  return (
    <Card title="Password" id="password-card">
      <p>
        You have no password yet. To set one, sign out, sign in again and come back within 15 minutes, or{' '}
        <a href={paths.passwordReset()}>set it by email</a>.
      </p>
    </Card>
  )
}
