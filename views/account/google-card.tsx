import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { GoogleButton } from '../parts/google-button'

export interface GoogleCardProps {
  /** The Google account that signs in here; its address is null where it was not kept yet. */
  link: { email: string | null } | null
  /** Whether this site offers sign-in with Google at all. */
  isOffered: boolean
  /** Whether the person's own address is; before that nothing is linked. */
  isVerified: boolean
}

/** Links and unlinks Google on the account page; nothing where there is nothing to do. */
export function GoogleCard({ link, isOffered, isVerified }: GoogleCardProps) {
  if (!link && !isOffered) return null
  return (
    <Card title="Google">
      {link ? (
        <form class="form" method="post" action={paths.googleUnlink()}>
          {link.email ? (
            <p>
              <b class="break">{link.email}</b> is linked: you can sign in with this Google account.
            </p>
          ) : (
            <p>A Google account is linked: you can sign in with it.</p>
          )}
          <div class="form-actions">
            <Button kind="danger">Unlink Google</Button>
          </div>
        </form>
      ) : !isVerified ? (
        <p>
          <a href={paths.verifyEmail()}>Confirm your e-mail address</a> first. Then you can link your Google
          account and sign in with it.
        </p>
      ) : (
        <div class="form">
          <p>
            Sign in with your Google account instead of a password. We ask for your password once to link it.
          </p>
          <div class="form-actions">
            <GoogleButton next={paths.account()} wide={false} />
          </div>
        </div>
      )}
    </Card>
  )
}
