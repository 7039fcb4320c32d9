export interface Toast {
  kind: 'success' | 'error'
  text: string
  retry?: () => void
}

const lingerMs = 6_000

/** Shows a passing message; one that can be tried again stays until it is answered. */
export function showToast({ kind, text, retry }: Toast): void {
  const template = document.querySelector<HTMLTemplateElement>('#toast')
  const toaster = document.querySelector('#toaster')
  const toast = template?.content.firstElementChild?.cloneNode(true)
  if (!toaster || !(toast instanceof HTMLElement)) return
  toast.dataset.kind = kind
  const words = toast.querySelector('[data-text]')
  if (words) words.textContent = text
  toast.querySelector('[data-close]')?.addEventListener('click', () => toast.remove())
  const again = toast.querySelector<HTMLElement>('[data-retry]')
  if (again && retry) {
    again.hidden = false
    again.addEventListener('click', () => {
      toast.remove()
      retry()
    })
  } else setTimeout(() => toast.remove(), lingerMs)
  toaster.append(toast)
}

/** Says a change to people who do not see it. */
export function announce(text: string): void {
  const announcer = document.querySelector('#announcer')
  if (announcer) announcer.textContent = text
}
