import { Place } from './learn/player'
import { renewPlayer } from './learn/renewal'

interface Playable {
  attributes: Record<string, string>
  lifetimeSeconds: number
}

/** Puts a player where the button was; asks for the permission to play only now. */
export async function playPreview(box: HTMLElement): Promise<void> {
  const address = box.dataset.preview ?? ''
  const answer = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null)
  const fresh = answer?.ok ? ((await answer.json().catch(() => null)) as Playable | null) : null
  if (!fresh) {
    const template = document.querySelector<HTMLTemplateElement>('#player-failed')
    if (template) box.replaceChildren(template.content.cloneNode(true))
    box.querySelector('[data-again]')?.addEventListener('click', () => void playPreview(box))
    return
  }
  const player = document.createElement('mux-player')
  for (const [name, value] of Object.entries(fresh.attributes)) player.setAttribute(name, value)
  player.setAttribute('autoplay', '')
  player.removeAttribute('start-time')
  box.dataset.player = address
  box.dataset.lifetime = String(fresh.lifetimeSeconds)
  box.replaceChildren(player)
  renewPlayer(box, new Place(box))
}
