import { urls } from '../../src/urls'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { GoogleButton } from '../parts/google-button'

export interface GoogleCardProps {
  isLinked: boolean
  /** Whether this site offers sign-in with Google at all. */
  isOffered: boolean
}

/** Links and unlinks Google on the account page; nothing where there is nothing to do. */
export function GoogleCard({ isLinked, isOffered }: GoogleCardProps) {
  if (!isLinked && !isOffered) return null
  return (
    <Card title="Google">
      {isLinked ? (
        <form class="form" method="post" action={urls.googleUnlink}>
          <p>You can sign in with your Google account.</p>
          <div class="form-actions">
            <Button kind="danger">Unlink Google</Button>
          </div>
        </form>
      ) : (
        <div class="form">
          <p>
            Sign in with your Google account instead of a password. We ask for your password once to link it.
          </p>
          <div class="form-actions">
            <GoogleButton next={urls.account} wide={false} />
          </div>
        </div>
      )}
    </Card>
  )
}
