import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { GoogleOption } from '../parts/google-button'
import { PageHeader } from '../parts/page-header'
import { EmailField, NewPasswordField } from './fields'
import { OfferCard, offerLead } from './offer'

export interface SignUpPageProps {
  next?: string
  /** What this person is about to buy. */
  offer: { title: string; instructor: string; pricePaise: number } | null
  isGoogleEnabled: boolean
  name?: string
  email?: string
  isTaken?: boolean
  errors?: Partial<Record<'name' | 'email' | 'password', string>>
}

export function SignUpPage({
  next,
  offer,
  isGoogleEnabled,
  name,
  email,
  isTaken,
  errors = {},
}: SignUpPageProps) {
  const taken = isTaken ? <Taken next={next} /> : undefined
  const first = errors.name ? 'name' : errors.email || taken ? 'email' : errors.password && 'password'
  return (
    <div class="wrap narrow form-page">
      <PageHeader
        title="Sign up"
        lead={offerLead(offer) ?? 'One account for every course you take or teach.'}
      />
      {offer ? <OfferCard offer={offer} /> : null}
      <form class="form" method="post" action={paths.signUp()}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Field
          label="Name"
          name="name"
          autocomplete="name"
          maxlength={100}
          value={name}
          error={errors.name}
          autofocus={first === 'name' || undefined}
          required
        />
        <EmailField value={email} error={taken ?? errors.email} autofocus={first === 'email'} />
        <NewPasswordField
          label="Password"
          hint="A few words that you remember make a good one."
          error={errors.password}
          autofocus={first === 'password'}
        />
        <Button kind="primary" wide>
          Sign up
        </Button>
        {isGoogleEnabled ? <GoogleOption next={next} /> : null}
        <p class="label-size soft">
          Already have an account? <a href={paths.signIn({ next })}>Sign in</a>
        </p>
      </form>
    </div>
  )
}

function Taken({ next }: { next?: string }) {
  return (
    <>
      There is already an account with this email address.{' '}
      <a href={paths.signIn({ next })}>Sign in instead</a>, or use a different address.
    </>
  )
}
