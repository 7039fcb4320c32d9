import { announce } from '../toaster'
import { listenToKeys } from './keys'
import { Playback, playerBox } from './player'
import { renewPlayer } from './renewal'

const saveEverySeconds = 10

function savePosition(url: string, playback: Playback): void {
  let saved = -1
  const save = () => {
    const seconds = Math.floor(playback.seconds)
    if (!playback.hasStarted || seconds === saved) return
    saved = seconds
    const body = new URLSearchParams({ seconds: String(seconds) })
    // A beacon is sent even while the page unloads.
    if (navigator.sendBeacon(url, body)) return
    fetch(url, { method: 'POST', body, keepalive: true }).catch(() => {
      saved = -1
    })
  }
  playback.on('timeupdate', () => {
    if (Math.abs(playback.seconds - saved) >= saveEverySeconds) save()
  })
  playback.on('pause', save)
  playback.on('ended', save)
  addEventListener('pagehide', save)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save()
  })
}

function completeLesson(): void {
  document.querySelector<HTMLFormElement>('form[data-completion="open"]')?.requestSubmit()
  const ended = document.querySelector<HTMLElement>('[data-ended]')
  if (!ended) return
  ended.hidden = false
  announce(ended.textContent ?? '')
}

const box = playerBox()
if (box) {
  const playback = new Playback(box)
  if (box.dataset.position) savePosition(box.dataset.position, playback)
  renewPlayer(box, playback)
  playback.on('ended', completeLesson)
}
listenToKeys()
