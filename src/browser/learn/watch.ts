import { announce } from '../toaster'
import { listenToKeys } from './keys'
import { Place, playerBox } from './player'
import { keepPosition } from './position'
import { renewPlayer } from './renewal'

/** A lesson: the player, and what happens around it. */

/** Who has watched to the end has done the lesson; the form is the one that a person would use. */
function finish(): void {
  document.querySelector<HTMLFormElement>('form[data-completion="open"]')?.requestSubmit()
  const ended = document.querySelector<HTMLElement>('[data-ended]')
  if (!ended) return
  ended.hidden = false
  announce(ended.textContent ?? '')
}

const box = playerBox()
if (box) {
  const place = new Place(box)
  keepPosition(box, place)
  renewPlayer(box, place)
  place.on('ended', finish)
}
listenToKeys()
