import { paths } from '../../src/paths'
import { passwordLength } from '../../src/rules/account/password'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'

export interface PasswordCardProps {
  email: string
  hasPassword: boolean
  /** Signed in only minutes ago; without a password that is what it takes to set one. */
  isFresh: boolean
  errors?: Partial<Record<'currentPassword' | 'password', string>>
}

export function PasswordCard({ email, hasPassword, isFresh, errors = {} }: PasswordCardProps) {
  if (!hasPassword && !isFresh) return <SignInAgain />
  return (
    <Card title="Password" id="password-card">
      <form class="form" method="post" action={paths.accountPassword()}>
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autocomplete="username" value={email} />
        {hasPassword ? (
          <Field
            label="Current password"
            name="currentPassword"
            type="password"
            autocomplete="current-password"
            error={errors.currentPassword}
            autofocus={Boolean(errors.currentPassword) || undefined}
            required
          />
        ) : (
          <p>You have no password yet. Set one to sign in with your e-mail address, too.</p>
        )}
        <Field
          label="New password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={passwordLength.least}
          hint={`${passwordLength.least} characters or more. Every other browser is signed out.`}
          error={errors.password}
          autofocus={(errors.password && !errors.currentPassword) || undefined}
          required
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
        You have no password yet. To set one, sign out, sign in again and come back within a quarter of an
        hour. Or <a href={paths.passwordReset()}>let us mail you a code</a>.
      </p>
    </Card>
  )
}
