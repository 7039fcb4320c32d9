import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { GoogleOption } from '../parts/google-button'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'
import { CurrentPasswordField, EmailField } from './fields'
import { OfferCard, offerLead } from './offer'

export interface SignInPageProps {
  next?: string
  /** What this person is about to buy. */
  offer: { title: string; instructor: string; pricePaise: number } | null
  isGoogleEnabled: boolean
  email?: string
  errors?: Partial<Record<'form' | 'email' | 'password', string>>
}

export function SignInPage({ next, offer, isGoogleEnabled, email, errors = {} }: SignInPageProps) {
  const focusPassword = !errors.email && Boolean(errors.form || errors.password)
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Sign in" lead={offerLead(offer) ?? 'Pick up where you left off.'} />
      {offer ? <OfferCard offer={offer} /> : null}
      <form class="form" method="post" action={paths.signIn()}>
        {errors.form ? <Notice kind="error">{errors.form}</Notice> : null}
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <EmailField value={email} error={errors.email} autofocus={Boolean(errors.email)} />
        <CurrentPasswordField error={errors.password} autofocus={focusPassword} />
        <p class="label-size">
          <a href={paths.passwordReset()}>Forgot your password?</a>
        </p>
        <Button kind="primary" wide>
          Sign in
        </Button>
        {isGoogleEnabled ? <GoogleOption next={next} /> : null}
        <p class="label-size soft">
          No account yet? <a href={paths.signUp({ next })}>Sign up</a>
        </p>
      </form>
    </div>
  )
}
