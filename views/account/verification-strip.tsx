import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'

/** Reminds a user to verify their email address; stands above every page. */
export function VerificationStrip({ email }: { email: string }) {
  return (
    <aside class="wrap site-notice" aria-label="Reminder">
      <div class="notice notice-info">
        <Icon name="mail" />
        <form class="cluster between" method="post" action={paths.verifyEmailAgain()}>
          <p>
            Confirm your email address with the link we sent to <strong>{email}</strong>.
          </p>
          <Button>Send again</Button>
        </form>
      </div>
    </aside>
  )
}
