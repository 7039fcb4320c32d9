import { urls } from '../../src/urls'
import { Button, ButtonLink } from '../parts/button'
import { PageHeader } from '../parts/page-header'

/** Where the link of the mail leads. The button is there because mail programs open links to look at them. */
export function VerifyEmailPage({ email, token }: { email: string; token: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your e-mail address" lead={email} />
      <form class="form" method="post" action={urls.verifyEmail()}>
        <input type="hidden" name="token" value={token} />
        <p>Confirm that this address is yours.</p>
        <Button kind="primary" wide>
          Confirm address
        </Button>
      </form>
    </div>
  )
}

/** What a person without a link sees, who is signed in: where the mail went, and how to get another. */
export function UnverifiedPage({ email }: { email: string }) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Confirm your e-mail address" lead={email} />
      <form class="form" method="post" action={urls.verifyEmailAgain}>
        <p>
          We mailed you a link. Open it within 24 hours, in any browser. You can buy and learn before that;
          teaching begins after it.
        </p>
        <p class="soft">No mail? Look among the unwanted ones, or let us send another.</p>
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
      <PageHeader title="Your e-mail address is confirmed" lead={email} />
      <ButtonLink href={urls.learning} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    </div>
  )
}

/** A link that is used, over or mistyped, and the way on for whoever holds it. */
export function DeadVerificationPage({ viewer }: { viewer: { email: string; isVerified: boolean } | null }) {
  return (
    <div class="wrap narrow form-page stack">
      <PageHeader title="This link does not work any more" />
      <p role="alert">
        It works once, within 24 hours of the mail.{' '}
        {viewer?.isVerified
          ? `Nothing is left to do: ${viewer.email} is confirmed.`
          : viewer
            ? `We can mail a new one to ${viewer.email}.`
            : 'If you used it already, your address is confirmed. If not, sign in and we mail you a new one.'}
      </p>
      <NextStep viewer={viewer} />
    </div>
  )
}

function NextStep({ viewer }: { viewer: { isVerified: boolean } | null }) {
  if (!viewer) {
    return (
      <ButtonLink href={urls.signIn(urls.verifyEmail())} kind="primary" wide>
        Sign in
      </ButtonLink>
    )
  }
  if (viewer.isVerified) {
    return (
      <ButtonLink href={urls.learning} kind="primary" wide>
        Go to your courses
      </ButtonLink>
    )
  }
  return (
    <form method="post" action={urls.verifyEmailAgain}>
      <Button kind="primary" wide>
        Send again
      </Button>
    </form>
  )
}
