import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { GoogleButton } from '../parts/google-button'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

export interface GoogleProblemPageProps {
  title: string
  message: string
  isError: boolean
  /** Null where trying again does not help. */
  retry: { next?: string } | null
  canReset: boolean
  canVerify: boolean
  back: { href: string; label: string }
}

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
            Set a password by email
          </ButtonLink>
        ) : null}
        {canVerify ? (
          <ButtonLink href={paths.verifyEmail()} kind="primary" wide>
            Confirm your email address
          </ButtonLink>
        ) : null}
        <p class="label-size">
          <a href={back.href}>{back.label}</a>
        </p>
      </div>
    </div>
  )
}
