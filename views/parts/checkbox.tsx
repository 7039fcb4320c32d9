import type { JSX } from 'hono/jsx'
import { type ControlProps, FieldError, wiring } from './control'

export type CheckboxProps = ControlProps &
  Omit<JSX.IntrinsicElements['input'], keyof ControlProps | 'type' | 'children'>

/** Yes or no, its label beside it; sends `on`, or nothing. Pass `type="radio"`-like choices as a Select instead. */
export function Checkbox({ label, name, id, hint, error, required, ...rest }: CheckboxProps) {
  const control = { label, name, id, hint, error, required }
  return (
    <div class="field checkbox">
      <input {...rest} {...wiring(control)} type="checkbox" />
      <label for={id ?? name}>{label}</label>
      {hint ? (
        <p class="field-hint" id={`${id ?? name}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError id={`${id ?? name}-error`} error={error} />
    </div>
  )
}
