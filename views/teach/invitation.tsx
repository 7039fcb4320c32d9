import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { When } from '../parts/text'

export interface InvitationProps {
  email: string
  isVerified: boolean
  /** They asked for what only instructors may, or although their address is not verified. */
  isRefused: boolean
  /** Since when their wish waits; null when it does not. */
  waitingSince: Date | null
  /** An administrator decides who teaches here. */
  needsApproval: boolean
  timeZone: string
}

/** For who does not teach yet. */
export function InvitationPage(props: InvitationProps) {
  return (
    <div class="wrap medium">
      <PageHeader
        title="Teach with us"
        lead="Turn what you know into a course: lessons on video, files beside them, a price you choose."
      />
      <div class="stack">
        {props.isRefused ? (
          <Notice kind="error">
            {props.isVerified
              ? 'Become an instructor first, then create courses.'
              : 'Confirm your e-mail address first, then come back here.'}
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
      <Card title="Confirm your address first">
        <p>
          Students and buyers must be able to reach you. Open the link that we mailed to{' '}
          <strong>{email}</strong>; then you can become an instructor.
        </p>
        <ButtonLink href={paths.verifyEmail()}>Confirm my address</ButtonLink>
      </Card>
    )
  }
  if (waitingSince && needsApproval) {
    return (
      <Notice kind="info" title="Your request waits">
        You asked on <When date={waitingSince} timeZone={timeZone} />. An administrator of this site looks at
        it; this page tells when you can begin.
      </Notice>
    )
  }
  return (
    <Card title="Become an instructor">
      <p>
        {needsApproval
          ? 'The people who run this site look at every request before courses can be made.'
          : 'You can begin at once. Nobody sees a course before you publish it.'}
      </p>
      <form method="post" action={paths.accountTeaching()}>
        <Button kind="primary">Become an instructor</Button>
      </form>
    </Card>
  )
}
