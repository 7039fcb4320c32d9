import type { JSX } from 'hono/jsx'
import { Control, type ControlProps, FieldError, wiring } from './control'
import { Icon } from './icon'

export type FieldProps = ControlProps &
  Omit<JSX.IntrinsicElements['input'], keyof ControlProps | 'size' | 'children'> & {
    affix?: string
    size?: 'short' | 'code'
  }

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

export type TextAreaProps = ControlProps &
  Omit<JSX.IntrinsicElements['textarea'], keyof ControlProps | 'children'> & { value?: string }

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

export type CheckboxProps = ControlProps &
  Omit<JSX.IntrinsicElements['input'], keyof ControlProps | 'type' | 'children'>

/** Sends `on`, or nothing. */
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

export interface Option {
  value: string
  label: string
}

export type SelectProps = ControlProps &
  Omit<JSX.IntrinsicElements['select'], keyof ControlProps | 'children'> & {
    options: Option[]
    value?: string | null
    placeholder?: string
  }

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
