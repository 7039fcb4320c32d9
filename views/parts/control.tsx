import type { Child } from 'hono/jsx'
import { Icon } from './icon'

export interface ControlProps {
  label: string
  name: string
  /** Needed where one page has two fields of the same name; otherwise the name. */
  id?: string
  hint?: Child
  error?: Child
  required?: boolean
}

export function wiring({ id, name, hint, error, required }: ControlProps) {
  const control = id ?? name
  const described = [hint && `${control}-hint`, error && `${control}-error`].filter(Boolean).join(' ')
  return {
    id: control,
    name,
    required: required ?? undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  }
}

export function Control({
  label,
  name,
  id,
  hint,
  error,
  required,
  children,
}: ControlProps & { children: Child }) {
  const control = id ?? name
  return (
    <div class="field">
      <label for={control}>
        {label}
        {required === false ? <span class="field-optional"> (optional)</span> : null}
      </label>
      {hint ? (
        <p class="field-hint" id={`${control}-hint`}>
          {hint}
        </p>
      ) : null}
      {children}
      <FieldError id={`${control}-error`} error={error} />
    </div>
  )
}

export function FieldError({ id, error }: { id: string; error?: Child }) {
  if (!error) return null
  return (
    <p class="field-error" id={id} role="alert">
      <Icon name="alert" />
      <span>{error}</span>
    </p>
  )
}
