import type { Child } from 'hono/jsx'
import { Button } from './button'
import { Icon } from './icon'

/** Filled by src/browser. */
export function Overlays() {
  return (
    <>
      <div id="announcer" class="visually-hidden" role="status" aria-live="polite" />
      <div id="toaster" class="toaster" popover="manual" role="status" aria-live="polite" />
      <template id="toast">
        <div class="toast">
          <p data-text />
          <button type="button" data-retry hidden>
            Try again
          </button>
          <button type="button" data-close>
            <Icon name="close" />
            <span class="visually-hidden">Dismiss</span>
          </button>
        </div>
      </template>
      <dialog id="confirm" class="dialog" aria-labelledby="confirm-title" aria-describedby="confirm-text">
        <form method="dialog">
          <h2 id="confirm-title">Are you sure?</h2>
          <p id="confirm-text" class="dialog-text" data-text />
          <div class="form-actions">
            <Button type="submit" value="">
              Cancel
            </Button>
            <Button type="submit" value="ok" kind="danger">
              Confirm
            </Button>
          </div>
        </form>
      </dialog>
    </>
  )
}

export interface DialogProps {
  id: string
  title: string
  children?: Child
}

/** Opened by a button with `commandfor={id}` and `command="show-modal"`. */
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
