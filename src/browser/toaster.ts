export interface Toast {
  kind: 'success' | 'error'
  text: string
  retry?: () => void
}

const visibleMs = 6_000

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
  } else setTimeout(remove, visibleMs)
  toaster.append(toast)
  // The last popover shown lies on top, also of a dialog that was opened meanwhile.
  toaster.hidePopover()
  toaster.showPopover()
}

export function announce(text: string): void {
  const announcer = document.querySelector('#announcer')
  if (announcer) announcer.textContent = text
}
