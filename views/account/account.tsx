import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { Badge } from '../parts/text'
import { GoogleCard, type GoogleCardProps } from './google-card'
import { ImageCard, type ImageCardProps } from './image-card'
import { PasswordCard, type PasswordCardProps } from './password-card'
import { TwoFactorCard } from './two-factor-card'

export interface AccountPageProps {
  profile: ProfileProps
  image: ImageCardProps
  password: PasswordCardProps
  google: GoogleCardProps
  hasTwoFactor: boolean
}

interface ProfileProps {
  name: string
  phoneNumber: string
  email: string
  isVerified: boolean
  errors?: Partial<Record<'name' | 'phoneNumber', string>>
}

export function AccountPage({ profile, image, password, google, hasTwoFactor }: AccountPageProps) {
  return (
    <div class="wrap medium">
      <PageHeader title="Account" lead={<span class="break">{profile.email}</span>}>
        <ButtonLink href={paths.sessions()}>Where you are signed in</ButtonLink>
      </PageHeader>
      <div class="stack">
        <ProfileCard {...profile} />
        <ImageCard {...image} />
        <PasswordCard {...password} />
        <GoogleCard {...google} />
        <TwoFactorCard isOn={hasTwoFactor} />
        <Card title="This browser">
          <form class="form" method="post" action={paths.signOut()}>
            <p>You are signed in on this browser. Sign out if other people use it.</p>
            <div class="form-actions">
              <Button>Sign out</Button>
            </div>
          </form>
        </Card>
        <Card title="Your data">
          <p>
            Download everything we store about you: your profile, purchases, progress and courses, as one JSON
            file.
          </p>
          <ButtonLink href={paths.accountExport()}>Download your data</ButtonLink>
        </Card>
        <Card title="Delete your account" danger>
          <p>
            You lose access to all your courses. The next page explains what happens and asks you to confirm.
          </p>
          <ButtonLink href={paths.accountDelete()}>Delete account</ButtonLink>
        </Card>
      </div>
    </div>
  )
}

function ProfileCard({ name, phoneNumber, email, isVerified, errors = {} }: ProfileProps) {
  return (
    <Card title="Your details">
      <form class="form" method="post" action={paths.account()}>
        <Field
          label="Name"
          name="name"
          autocomplete="name"
          maxlength={100}
          value={name}
          hint="Visible to instructors and students."
          error={errors.name}
          autofocus={Boolean(errors.name) || undefined}
          required
        />
        <Field
          label="Phone number"
          name="phoneNumber"
          type="tel"
          autocomplete="tel"
          maxlength={40}
          value={phoneNumber}
          hint="Ten digits in India; elsewhere, start with + and the country code. Other users cannot see it."
          error={errors.phoneNumber}
          autofocus={(errors.phoneNumber && !errors.name) || undefined}
          required={false}
        />
        <Field
          label="Email"
          name="email"
          type="email"
          autocomplete="email"
          value={email}
          hint={isVerified ? <Badge kind="success">Verified</Badge> : <Badge>Not verified</Badge>}
          readonly
        />
        <div class="form-actions">
          <Button kind="primary">Save</Button>
        </div>
      </form>
    </Card>
  )
}
