import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { GoogleOption } from '../parts/google-button'
import { Notice } from '../parts/notice'
import { PageHeader } from '../parts/page-header'

export interface SignInPageProps {
  next?: string
  /** Whether this site offers sign-in with Google. */
  hasGoogle: boolean
  email?: string
  errors?: Partial<Record<'form' | 'email' | 'password', string>>
}

export function SignInPage({ next, hasGoogle, email, errors = {} }: SignInPageProps) {
  const first = errors.email ? 'email' : (errors.form || errors.password) && 'password'
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Sign in" lead="Your courses are where you left them." />
      <form class="form" method="post" action={paths.signIn()}>
        {errors.form ? <Notice kind="error">{errors.form}</Notice> : null}
        {next ? <input type="hidden" name="next" value={next} /> : null}
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
          error={errors.email}
          autofocus={first === 'email' || undefined}
          required
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          error={errors.password}
          autofocus={first === 'password' || undefined}
          required
        />
        <p class="label-size">
          <a href={paths.passwordReset()}>Forgot your password?</a>
        </p>
        <Button kind="primary" wide>
          Sign in
        </Button>
        {hasGoogle ? <GoogleOption next={next} /> : null}
        <p class="label-size soft">
          No account yet? <a href={paths.signUp({ next })}>Sign up</a>
        </p>
      </form>
    </div>
  )
}
