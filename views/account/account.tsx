import { urls } from '../../src/urls'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { GoogleCard, type GoogleCardProps } from './google-card'

export interface AccountPageProps {
  name: string
  email: string
  google: GoogleCardProps
  errors?: Partial<Record<'name', string>>
}

export function AccountPage({ name, email, google, errors = {} }: AccountPageProps) {
  return (
    <div class="wrap medium">
      <PageHeader title="Account" lead={email} />
      <div class="stack">
        <Card title="About you">
          <form class="form" method="post" action={urls.account}>
            <Field
              label="Name"
              name="name"
              autocomplete="name"
              maxlength={100}
              value={name}
              hint="Teachers and students see it."
              error={errors.name}
              autofocus={Boolean(errors.name) || undefined}
              required
            />
            <div class="form-actions">
              <Button kind="primary">Save</Button>
            </div>
          </form>
        </Card>
        <GoogleCard {...google} />
        <Card title="This browser">
          <form class="form" method="post" action={urls.signOut}>
            <p>You are signed in here. Sign out when others use this browser, too.</p>
            <div class="form-actions">
              <Button>Sign out</Button>
            </div>
          </form>
        </Card>
      </div>
    </div>
  )
}
