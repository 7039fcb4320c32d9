import type { Confirmation } from '../../src/models/account/confirmation'
import { Field } from './field'

interface Props {
  /** Of the form, whose field shares its name with those of others on the page. */
  id: string
  confirmation: Confirmation
  error?: string
}

/** The password in the same form, where it was not typed lately. */
export function AskAgain({ id, confirmation, error }: Props) {
  if (confirmation === 'fresh') return null
  if (confirmation === 'sign-in')
    return (
      <p class={error ? 'field-error' : 'soft label-size'} role={error ? 'alert' : undefined}>
        You signed in more than 15 minutes ago. Sign out and back in to do this.
      </p>
    )
  return (
    <Field
      label="Password"
      name="password"
      id={`${id}-password`}
      type="password"
      autocomplete="current-password"
      hint="Your own. You last entered it more than 15 minutes ago."
      error={error}
      autofocus={error ? true : undefined}
      required
    />
  )
}
