import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

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

export function UnverifiedPage({ email, isRefused }: { email: string; isRefused: boolean }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your email address" lead={email} />
      {isRefused ? (
        <Notice kind="error" title="Our emails do not reach this address">
          Its mail server refuses them. Is the address spelled right? If not, create an account with the right
          one.
        </Notice>
      ) : null}
      <form class="form" method="post" action={paths.verifyEmailAgain()}>
        <p>
          We sent you a link. Open it within 24 hours, ideally in this browser. You can already buy courses
          and learn; to teach, confirm your address first.
        </p>
        <p class="soft">No email? Check your spam folder, or send it again.</p>
        <Button kind="primary" wide>
          Send again
        </Button>
      </form>
    </div>
  )
}

export function VerifiedPage({ email }: { email: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Your email address is confirmed" lead={email} />
      <ButtonLink href={paths.learning()} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    </div>
  )
}

export function ExpiredVerificationPage({ user }: NextStepProps) {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="This link no longer works" />
      <p role="alert">It works once, for 24 hours after the email was sent. {advice(user)}</p>
      <NextStep user={user} />
    </div>
  )
}

interface NextStepProps {
  user: { email: string; isVerified: boolean } | null
}

function advice(user: NextStepProps['user']): string {
  if (!user)
    return 'If you used it before, your email address is confirmed. If not, sign in to get a new link.'
  return user.isVerified
    ? `There is nothing left to do: ${user.email} is confirmed.`
    : `We can send a new one to ${user.email}.`
}

function NextStep({ user }: NextStepProps) {
  if (!user) {
    return (
      <ButtonLink href={paths.signIn({ next: paths.verifyEmail() })} kind="primary" wide>
        Sign in
      </ButtonLink>
    )
  }
  if (user.isVerified) {
    return (
      <ButtonLink href={paths.learning()} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    )
  }
  return (
    <form method="post" action={paths.verifyEmailAgain()}>
      <Button kind="primary" wide>
        Send again
      </Button>
    </form>
  )
}
