import type { JSX } from 'hono/jsx'
import { Control, type ControlProps, wiring } from './control'
import { Icon } from './icon'

export interface Option {
  value: string
  label: string
}

/** `placeholder` is the empty choice, for what is not chosen yet or for "all". */
export type SelectProps = ControlProps &
  Omit<JSX.IntrinsicElements['select'], keyof ControlProps | 'children'> & {
    options: Option[]
    value?: string | null
    placeholder?: string
  }

/** One of several choices. */
export function Select({
  label,
  name,
  id,
  hint,
  error,
  required,
  options,
  value,
  placeholder,
  ...rest
}: SelectProps) {
  const control = { label, name, id, hint, error, required }
  return (
    <Control {...control}>
      <div class="select">
        <select {...rest} {...wiring(control)} class="control">
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </div>
    </Control>
  )
}
