import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { GoogleButton } from '../parts/google-button'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

export interface GoogleProblemPageProps {
  title: string
  message: string
  /** False when the person stepped back on purpose. */
  isError: boolean
  /** Where to come back to when trying once more helps. */
  retry: { next?: string } | null
  /** A password can be set by mail. */
  canReset: boolean
  /** The address has to be confirmed first; the page behind the button mails another link. */
  canVerify: boolean
  back: { href: string; label: string }
}

/** Google did not lead in: why, and what to do next. */
export function GoogleProblemPage({
  title,
  message,
  isError,
  retry,
  canReset,
  canVerify,
  back,
}: GoogleProblemPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title={title} />
      <div class="stack">
        <Notice kind={isError ? 'error' : 'info'}>{message}</Notice>
        {retry ? <GoogleButton next={retry.next} /> : null}
        {canReset ? (
          <ButtonLink href={paths.passwordReset()} kind="primary" wide>
            Set a password by e-mail
          </ButtonLink>
        ) : null}
        {canVerify ? (
          <ButtonLink href={paths.verifyEmail()} kind="primary" wide>
            Confirm your e-mail address
          </ButtonLink>
        ) : null}
        <p class="label-size">
          <a href={back.href}>{back.label}</a>
        </p>
      </div>
    </div>
  )
}
