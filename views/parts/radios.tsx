import { FieldError } from './control'

export interface RadiosProps {
  label: string
  name: string
  /** The chosen one. */
  value: string
  options: { value: string; label: string; hint?: string }[]
  error?: string
}

export const Radios = ({ label, name, value, options, error }: RadiosProps) => (
  <fieldset class="field">
    <legend>{label}</legend>
    {options.map((option) => {
      const id = `${name}-${option.value}`
      return (
        <div class="checkbox">
          <input
            type="radio"
            id={id}
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-describedby={option.hint ? `${id}-hint` : undefined}
          />
          <label for={id}>{option.label}</label>
          {option.hint ? (
            <p class="field-hint" id={`${id}-hint`}>
              {option.hint}
            </p>
          ) : null}
        </div>
      )
    })}
    <FieldError id={`${name}-error`} error={error} />
  </fieldset>
)
