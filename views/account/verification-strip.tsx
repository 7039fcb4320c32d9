import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'

/** Reminds who is signed in and has not yet shown that the address is theirs; stands above every page. */
export function VerificationStrip({ email }: { email: string }) {
  return (
    <aside class="wrap site-notice" aria-label="Your e-mail address">
      <div class="notice notice-info">
        <Icon name="mail" />
        <form class="cluster between" method="post" action={paths.verifyEmailAgain()}>
          <p>
            Confirm your e-mail address with the link we mailed to <strong>{email}</strong>.
          </p>
          <Button>Send again</Button>
        </form>
      </div>
    </aside>
  )
}
