import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { When } from '../parts/text'

export interface InvitationProps {
  email: string
  isVerified: boolean
  isRefused: boolean
  waitingSince: Date | null
  needsApproval: boolean
  timeZone: string
}

export function InvitationPage(props: InvitationProps) {
  return (
    <div class="wrap medium">
      <PageHeader
        title="Teach with us"
        lead="Turn what you know into a course: video lessons, files to download, and a price you choose."
      />
      <div class="stack">
        {props.isRefused ? (
          <Notice kind="error">
            {props.isVerified
              ? 'Become an instructor first, then create courses.'
              : 'Verify your email address first, then come back here.'}
          </Notice>
        ) : null}
        <NextStep {...props} />
      </div>
    </div>
  )
}

function NextStep({ email, isVerified, waitingSince, needsApproval, timeZone }: InvitationProps) {
  if (!isVerified) {
    return (
      <Card title="Verify your email first">
        <p>
          Students must be able to reach you. Open the link that we sent to <strong>{email}</strong>, then you
          can become an instructor.
        </p>
        <ButtonLink href={paths.verifyEmail()}>Verify my email</ButtonLink>
      </Card>
    )
  }
  if (waitingSince && needsApproval) {
    return (
      <Notice kind="info" title="Your request is waiting">
        You asked on <When date={waitingSince} timeZone={timeZone} />. An administrator will review it; this
        page will tell you when you can start.
      </Notice>
    )
  }
  return (
    <Card title="Become an instructor">
      <p>
        {needsApproval
          ? 'An administrator reviews every request before you can create courses.'
          : 'You can start right away. Nobody sees a course until you publish it.'}
      </p>
      <form method="post" action={paths.accountTeaching()}>
        <Button kind="primary">Become an instructor</Button>
      </form>
    </Card>
  )
}
