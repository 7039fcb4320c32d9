import type { JSX } from 'hono/jsx'
import { Control, type ControlProps, wiring } from './control'

/** `affix` stands before the box, as ₹ does; `size` tells how much is expected. Every other attribute goes to the input. */
export type FieldProps = ControlProps &
  Omit<JSX.IntrinsicElements['input'], keyof ControlProps | 'size' | 'children'> & {
    affix?: string
    size?: 'short' | 'code'
  }

/** A line of text: name, e-mail, password, price, code. */
export function Field({ label, name, id, hint, error, required, affix, size, ...rest }: FieldProps) {
  const control = { label, name, id, hint, error, required }
  const input = (
    <input type="text" {...rest} {...wiring(control)} class={size ? `control control-${size}` : 'control'} />
  )
  return (
    <Control {...control}>
      {affix ? (
        <div class="control-affixed control-short">
          <span class="affix" aria-hidden="true">
            {affix}
          </span>
          {input}
        </div>
      ) : (
        input
      )}
    </Control>
  )
}
