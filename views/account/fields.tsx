import { passwordLength } from '../../src/rules/account/password'
import { Field, type FieldProps } from '../parts/field'

interface State {
  error?: FieldProps['error']
  autofocus?: boolean
}

export function EmailField({ value, error, autofocus }: State & { value?: string }) {
  return (
    <Field
      label="Email"
      name="email"
      type="email"
      inputmode="email"
      autocomplete="username"
      autocapitalize="none"
      spellcheck={false}
      maxlength={254}
      value={value}
      error={error}
      autofocus={autofocus || undefined}
      required
    />
  )
}

export function CurrentPasswordField({
  label = 'Password',
  name = 'password',
  id,
  hint,
  error,
  autofocus = Boolean(error),
}: State & { label?: string; name?: string; id?: string; hint?: string }) {
  return (
    <Field
      label={label}
      name={name}
      id={id}
      hint={hint}
      type="password"
      autocomplete="current-password"
      error={error}
      autofocus={autofocus || undefined}
      required
    />
  )
}

export function NewPasswordField({
  label = 'New password',
  hint = 'All other browsers will be signed out.',
  error,
  autofocus,
}: State & { label?: string; hint?: string }) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autocomplete="new-password"
      minlength={passwordLength.least}
      hint={`At least ${passwordLength.least} characters. ${hint}`}
      error={error}
      autofocus={autofocus || undefined}
      required
    />
  )
}

/** Password managers need to know whose password a form is about. */
export function UsernameHint({ email }: { email: string }) {
  return <input type="hidden" name="username" autocomplete="username" value={email} />
}
