import type { Child } from 'hono/jsx'
import { Icon } from './icon'

export interface DialogProps {
  id: string
  title: string
  children?: Child
}

/** Opened by a button with `commandfor={id}` and `command="show-modal"`; Escape, the backdrop and the cross close it. */
export function Dialog({ id, title, children }: DialogProps) {
  return (
    <dialog id={id} class="dialog" aria-labelledby={`${id}-title`} closedby="any">
      <form method="dialog" class="dialog-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <button class="button button-quiet button-icon" type="submit">
          <Icon name="close" />
          <span class="visually-hidden">Close</span>
        </button>
      </form>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
