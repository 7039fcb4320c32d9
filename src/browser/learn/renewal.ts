import { type Place, type Player, playerIn } from './player'

interface Fresh {
  attributes: Record<string, string>
  lifetimeSeconds: number
}
/** A large script, so it comes when the page stands. */
const load = () => import('@mux/mux-player')
const mostFailures = 2
const soundAfterMs = 10_000
const askMs = 15_000

/**
 * Loads the player. Its permission to play ends after a while: shortly before, and when the player breaks, this asks for a
 * new one and puts a fresh player where the old one was. It gives up when players break one after another; a person may go on.
 */
export function renewPlayer(box: HTMLElement, place: Place): void {
  let failures = 0
  let isAsking = false
  let isStale = false
  let staleTimer = 0
  let soundTimer = 0
  /** What the broken player was doing, while words stand in its place. */
  let left: { wasPlaying: boolean; old: Player | null } | null = null

  const expect = (lifetimeSeconds: number) => {
    clearTimeout(staleTimer)
    isStale = false
    const early = Math.min(60, lifetimeSeconds / 5)
    staleTimer = window.setTimeout(
      () => {
        isStale = true
        // Nobody needs a new permission for a video that stands still.
        if (place.isPlaying) void renew(false)
      },
      (lifetimeSeconds - early) * 1000,
    )
  }

  const say = (id: 'player-failed' | 'player-closed') => {
    const old = playerIn(box)
    left ??= { wasPlaying: place.isPlaying, old }
    clearTimeout(soundTimer)
    place.isPlaying = false
    const template = document.querySelector<HTMLTemplateElement>(`#${id}`)
    if (template) box.replaceChildren(template.content.cloneNode(true))
    box.querySelector('[data-again]')?.addEventListener('click', () => {
      failures = 0
      void renew(true)
    })
  }

  const replace = ({ attributes, lifetimeSeconds }: Fresh) => {
    const old = playerIn(box) ?? left?.old ?? null
    const wasPlaying = left?.wasPlaying ?? place.isPlaying
    left = null
    const fresh = document.createElement('mux-player') as Player
    for (const [name, value] of Object.entries(attributes)) fresh.setAttribute(name, value)
    // Until the fresh one plays, what it says of its place is not to be kept.
    if (place.seconds > 0) fresh.setAttribute('start-time', String(place.seconds))
    place.hasBegun = false
    if (wasPlaying) fresh.setAttribute('autoplay', '')
    const hadFocus = old !== null && document.activeElement === old
    box.replaceChildren(fresh)
    if (old) {
      fresh.playbackRate = old.playbackRate
      fresh.volume = old.volume
      fresh.muted = old.muted
    }
    if (hadFocus) fresh.focus()
    expect(lifetimeSeconds)
  }

  /** `isNeeded` where nothing plays without it; otherwise a failure can wait until it is. */
  const renew = async (isNeeded: boolean) => {
    if (isAsking) return
    isAsking = true
    try {
      await load()
      const answer = await fetch(box.dataset.player ?? '', {
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(askMs),
      })
      if (answer.status === 403 || answer.status === 404) say('player-closed')
      else if (answer.ok) replace((await answer.json()) as Fresh)
      else if (isNeeded) say('player-failed')
    } catch {
      if (isNeeded) say('player-failed')
    } finally {
      isAsking = false
    }
  }

  place.on('error', () => {
    failures += 1
    clearTimeout(soundTimer)
    if (failures > mostFailures) say('player-failed')
    else void renew(true)
  })
  place.on('playing', () => {
    clearTimeout(soundTimer)
    soundTimer = window.setTimeout(() => {
      failures = 0
    }, soundAfterMs)
  })
  place.on('play', () => {
    if (isStale) void renew(false)
  })
  expect(Number(box.dataset.lifetime))
  load().catch(() => say('player-failed'))
}
