import { paths } from '../../src/paths'
import { passwordLength } from '../../src/rules/account/password'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { GoogleOption } from '../parts/google-button'
import { PageHeader } from '../parts/page-header'

export interface SignUpPageProps {
  next?: string
  /** Whether this site offers sign-in with Google. */
  hasGoogle: boolean
  name?: string
  email?: string
  /** The address is somebody's: most likely the same person's. */
  isTaken?: boolean
  errors?: Partial<Record<'name' | 'email' | 'password', string>>
}

export function SignUpPage({ next, hasGoogle, name, email, isTaken, errors = {} }: SignUpPageProps) {
  const taken = isTaken ? <Taken next={next} /> : undefined
  const first = errors.name ? 'name' : errors.email || taken ? 'email' : errors.password && 'password'
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Sign up" lead="One account for every course you take or teach." />
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
        <Field
          label="Email"
          name="email"
          type="email"
          inputmode="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          value={email}
          error={taken ?? errors.email}
          autofocus={first === 'email' || undefined}
          required
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={passwordLength.least}
          hint={`${passwordLength.least} characters or more. A few words you remember make a good one.`}
          error={errors.password}
          autofocus={first === 'password' || undefined}
          required
        />
        <Button kind="primary" wide>
          Sign up
        </Button>
        {hasGoogle ? <GoogleOption next={next} /> : null}
        <p class="label-size soft">
          You have an account? <a href={paths.signIn({ next })}>Sign in</a>
        </p>
      </form>
    </div>
  )
}

function Taken({ next }: { next?: string }) {
  return (
    <>
      There is an account with this address. <a href={paths.signIn({ next })}>Sign in with it</a>, or use
      another address.
    </>
  )
}
