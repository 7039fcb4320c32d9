export interface Toast {
  kind: 'success' | 'error'
  text: string
  retry?: () => void
}

const lingerMs = 6_000

/** Shows a passing message; one that can be tried again stays until it is answered. */
export function showToast({ kind, text, retry }: Toast): void {
  const template = document.querySelector<HTMLTemplateElement>('#toast')
  const toaster = document.querySelector<HTMLElement>('#toaster')
  const toast = template?.content.firstElementChild?.cloneNode(true)
  if (!toaster || !(toast instanceof HTMLElement)) return
  toast.dataset.kind = kind
  const remove = () => {
    toast.remove()
    if (!toaster.firstElementChild) toaster.hidePopover()
  }
  const words = toast.querySelector('[data-text]')
  if (words) words.textContent = text
  toast.querySelector('[data-close]')?.addEventListener('click', remove)
  const again = toast.querySelector<HTMLElement>('[data-retry]')
  if (again && retry) {
    again.hidden = false
    again.addEventListener('click', () => {
      remove()
      retry()
    })
  } else setTimeout(remove, lingerMs)
  toaster.append(toast)
  // What was shown last lies on top, so it is shown anew over a dialog that was opened meanwhile.
  toaster.hidePopover()
  toaster.showPopover()
}

/** Says a change to people who do not see it. */
export function announce(text: string): void {
  const announcer = document.querySelector('#announcer')
  if (announcer) announcer.textContent = text
}
