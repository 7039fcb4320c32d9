import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { PageHeader } from '../parts/page-header'
import { NewPasswordField, UsernameHint } from './fields'

export interface NewPasswordPageProps {
  email: string
  errors?: Partial<Record<'password', string>>
}

export function NewPasswordPage({ email, errors = {} }: NewPasswordPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Choose a new password" lead={email} />
      <form class="form" method="post" action={paths.passwordResetNew()}>
        <UsernameHint email={email} />
        <NewPasswordField error={errors.password} />
        <Button kind="primary" wide>
          Save
        </Button>
      </form>
    </div>
  )
}
