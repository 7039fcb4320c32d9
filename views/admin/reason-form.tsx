import type { Child } from 'hono/jsx'
import { Button, type ButtonProps } from '../parts/button'
import { TextArea } from '../parts/field'

interface ReasonFormProps {
  action: string
  /** Who reads it. */
  hint: string
  confirm: string
  reason?: string
  error?: string
  kind?: ButtonProps['kind']
  children: Child
}

/** For a verb that is kept with its reason. */
export function ReasonForm({ action, hint, confirm, reason, error, kind, children }: ReasonFormProps) {
  return (
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      hx-sync="this:drop"
      hx-confirm={confirm}
      novalidate
    >
      <TextArea
        label="Reason"
        name="reason"
        value={reason}
        error={error}
        hint={hint}
        rows={3}
        maxlength={500}
        autofocus={Boolean(error) || undefined}
        required
      />
      <div class="form-actions">
        <Button kind={kind ?? 'danger'}>{children}</Button>
      </div>
    </form>
  )
}
