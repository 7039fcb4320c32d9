import type { JSX } from 'hono/jsx'
import { Control, type ControlProps, wiring } from './control'

export type TextAreaProps = ControlProps &
  Omit<JSX.IntrinsicElements['textarea'], keyof ControlProps | 'children'> & { value?: string }

/** Several lines of text; grows with them where the browser can. */
export function TextArea({ label, name, id, hint, error, required, value, ...rest }: TextAreaProps) {
  const control = { label, name, id, hint, error, required }
  return (
    <Control {...control}>
      <textarea rows={5} {...rest} {...wiring(control)} class="control">
        {value}
      </textarea>
    </Control>
  )
}
