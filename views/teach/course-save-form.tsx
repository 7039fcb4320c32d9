import type { Child } from 'hono/jsx'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'

export interface SaveFormProps {
  /** The id of its control; the form's own is `<name>-form`. */
  name: string
  action: string
  isSaved?: boolean
  children?: Child
}

/** A form of the studio that saves by itself, in place: one control, "Save", and how it stands. */
export function SaveForm({ name, action, isSaved, children }: SaveFormProps) {
  return (
    <form
      id={`${name}-form`}
      class="form teach-setting"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      novalidate
      x-data="saving"
      {...{ '@input': 'change()' }}
    >
      {children}
      <div class="form-actions">
        <Button id={`${name}-save`}>Save</Button>
        {isSaved ? (
          <span class="saved" role="status" x-bind:hidden="isChanged">
            <Icon name="check" />
            Saved
          </span>
        ) : null}
        <span class="soft label-size" x-bind:hidden="!isChanged" hidden>
          Not saved yet
        </span>
      </div>
    </form>
  )
}
