import { paths } from '../../src/paths'
import { passwordLength } from '../../src/rules/account/password'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'

export interface NewPasswordPageProps {
  email: string
  errors?: Partial<Record<'password', string>>
}

export function NewPasswordPage({ email, errors = {} }: NewPasswordPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Choose a new password" lead={email} />
      <form class="form" method="post" action={paths.passwordResetNew()}>
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <Field
          label="New password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={passwordLength.least}
          hint={`${passwordLength.least} characters or more. Every other browser is signed out.`}
          error={errors.password}
          required
        />
        <Button kind="primary" wide>
          Save
        </Button>
      </form>
    </div>
  )
}
