import type { Place } from './player'

const everySeconds = 10

/** Keeps where somebody stops: every ten seconds of the video, when it pauses, and when the page is left. */
export function keepPosition(box: HTMLElement, place: Place): void {
  const address = box.dataset.position
  if (!address) return
  let kept = -1
  const keep = () => {
    const seconds = Math.floor(place.seconds)
    if (!place.hasBegun || seconds === kept) return
    kept = seconds
    const body = new URLSearchParams({ seconds: String(seconds) })
    // A beacon goes out although the page is going.
    if (navigator.sendBeacon(address, body)) return
    fetch(address, { method: 'POST', body, keepalive: true }).catch(() => {
      kept = -1
    })
  }
  place.on('timeupdate', () => {
    if (Math.abs(place.seconds - kept) >= everySeconds) keep()
  })
  place.on('pause', keep)
  place.on('ended', keep)
  addEventListener('pagehide', keep)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keep()
  })
}
