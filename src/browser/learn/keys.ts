import { playerBox, playerIn } from './player'

const seekSeconds = 10
const switchName = 'single-keys'

const seek = (seconds: number) => {
  const box = playerBox()
  const player = box && playerIn(box)
  if (player) player.currentTime = Math.max(0, player.currentTime + seconds)
}

const keys: Record<string, () => void> = {
  j: () => seek(-seekSeconds),
  l: () => seek(seekSeconds),
  k: () => {
    const box = playerBox()
    const player = box && playerIn(box)
    if (player?.paused) player.play().catch(() => {})
    else player?.pause()
  },
  n: () => document.querySelector<HTMLElement>('[data-next]')?.click(),
  '?': () => document.querySelector<HTMLDialogElement>('#shortcuts')?.showModal(),
}

/** Keys for the whole page; the player has its own while it has the focus, and typing stays typing. */
export function listenToKeys(): void {
  const shown = document.querySelector<HTMLElement>('[data-shortcuts]')
  const box = document.querySelector<HTMLInputElement>('[data-single-keys]')
  if (shown) shown.hidden = false
  if (box) {
    box.checked = localStorage.getItem(switchName) !== 'off'
    box.addEventListener('change', () => localStorage.setItem(switchName, box.checked ? 'on' : 'off'))
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (box?.checked === false || document.querySelector('dialog[open]')) return
    const { target } = event
    if (!(target instanceof HTMLElement) || target.isContentEditable) return
    if (target.matches('input, textarea, select')) return
    const isInPlayer = target.closest('mux-player') !== null
    if (isInPlayer && event.key !== 'n') return
    keys[event.key]?.()
  })
}
