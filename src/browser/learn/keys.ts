import { isInPlayer, playerBox, playerIn } from './player'

const seekSeconds = 10
const storageKey = 'single-keys'

const currentPlayer = () => {
  const box = playerBox()
  return box && playerIn(box)
}

const seek = (seconds: number) => {
  const player = currentPlayer()
  if (player) player.currentTime = Math.max(0, player.currentTime + seconds)
}

const keys: Record<string, () => void> = {
  j: () => seek(-seekSeconds),
  l: () => seek(seekSeconds),
  k: () => {
    const player = currentPlayer()
    if (player?.paused) player.play().catch(() => {})
    else player?.pause()
  },
  n: () => document.querySelector<HTMLElement>('[data-next]')?.click(),
  '?': () => document.querySelector<HTMLDialogElement>('#shortcuts')?.showModal(),
}

export function listenToKeys(): void {
  const help = document.querySelector<HTMLElement>('[data-shortcuts]')
  const enabled = document.querySelector<HTMLInputElement>('[data-single-keys]')
  if (help) help.hidden = false
  if (enabled) {
    enabled.checked = localStorage.getItem(storageKey) !== 'off'
    enabled.addEventListener('change', () => localStorage.setItem(storageKey, enabled.checked ? 'on' : 'off'))
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (enabled?.checked === false || document.querySelector('dialog[open]')) return
    const { target } = event
    if (!(target instanceof HTMLElement) || target.isContentEditable) return
    if (target.matches('input, textarea, select')) return
    if (isInPlayer(target) && event.key !== 'n') return
    keys[event.key]?.()
  })
}
