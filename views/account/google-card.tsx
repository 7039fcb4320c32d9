import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { GoogleButton } from '../parts/google-button'

export interface GoogleCardProps {
  /** The email address is null in old rows. */
  linked: { email: string | null } | null
  isEnabled: boolean
  isVerified: boolean
}

export function GoogleCard({ linked, isEnabled, isVerified }: GoogleCardProps) {
  if (!linked && !isEnabled) return null
  return (
    <Card title="Google">{linked ? <Linked {...linked} /> : isVerified ? <Link /> : <VerifyFirst />}</Card>
  )
}

function Linked({ email }: { email: string | null }) {
  return (
    <form class="form" method="post" action={paths.googleUnlink()}>
      <p>{email ? <b class="break">{email}</b> : 'A Google account'} is linked. You can sign in with it.</p>
      <div class="form-actions">
        <Button kind="danger">Unlink Google</Button>
      </div>
    </form>
  )
}

function Link() {
  return (
    <div class="form">
      <p>Sign in with your Google account instead of a password. We ask for your password once to link it.</p>
      <div class="form-actions">
        <GoogleButton next={paths.account()} wide={false} />
      </div>
    </div>
  )
}

function VerifyFirst() {
  return (
    <p>
      <a href={paths.verifyEmail()}>Confirm your email address</a> first. Then you can link your Google
      account and sign in with it.
    </p>
  )
}
