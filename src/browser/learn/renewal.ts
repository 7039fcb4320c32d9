import {
  canDecodeVideos,
  type FreshPlayer,
  loadPlayer,
  makePlayer,
  type Playback,
  type Player,
  playerIn,
} from './player'

const maxFailures = 2
const healthyAfterMs = 10_000
const requestTimeoutMs = 15_000

/** Renews before the permission ends and after an error; gives up after three errors in a row. */
export function renewPlayer(box: HTMLElement, playback: Playback): void {
  let failures = 0
  let isRenewing = false
  let isStale = false
  let staleTimer = 0
  let healthyTimer = 0
  let broken: { wasPlaying: boolean; old: Player | null } | null = null

  const scheduleRenewal = (lifetimeSeconds: number) => {
    clearTimeout(staleTimer)
    isStale = false
    const early = Math.min(60, lifetimeSeconds / 5)
    staleTimer = window.setTimeout(
      () => {
        isStale = true
        // A paused video needs no new permission yet.
        if (playback.isPlaying) void renew(false)
      },
      (lifetimeSeconds - early) * 1000,
    )
  }

  const showMessage = (id: 'player-failed' | 'player-closed' | 'player-unsupported') => {
    broken ??= { wasPlaying: playback.isPlaying, old: playerIn(box) }
    clearTimeout(healthyTimer)
    playback.isPlaying = false
    const template = document.querySelector<HTMLTemplateElement>(`#${id}`)
    if (template) box.replaceChildren(template.content.cloneNode(true))
    box.querySelector('[data-again]')?.addEventListener('click', () => {
      failures = 0
      void renew(true)
    })
  }

  const replacePlayer = (fresh: FreshPlayer) => {
    const old = playerIn(box) ?? broken?.old ?? null
    const wasPlaying = broken?.wasPlaying ?? playback.isPlaying
    broken = null
    const player = makePlayer(fresh, playback.seconds || undefined)
    // Until the fresh player plays, its position must not be saved.
    playback.hasStarted = false
    if (wasPlaying) player.setAttribute('autoplay', '')
    const hadFocus = old !== null && document.activeElement === old
    box.replaceChildren(player)
    if (old) {
      player.playbackRate = old.playbackRate
      player.volume = old.volume
      player.muted = old.muted
    }
    if (hadFocus) player.focus()
    scheduleRenewal(fresh.lifetimeSeconds)
  }

  /** `isNeeded` when nothing plays without it; otherwise a failure can wait until it is. */
  const renew = async (isNeeded: boolean) => {
    if (isRenewing) return
    isRenewing = true
    try {
      await loadPlayer()
      const fresh = await requestPlayer(box.dataset.player ?? '')
      if (fresh) replacePlayer(fresh)
      else showMessage('player-closed')
    } catch {
      if (isNeeded) showMessage('player-failed')
    } finally {
      isRenewing = false
    }
  }

  playback.on('error', () => {
    failures += 1
    clearTimeout(healthyTimer)
    if (!canDecodeVideos()) showMessage('player-unsupported')
    else if (failures > maxFailures) showMessage('player-failed')
    else void renew(true)
  })
  playback.on('playing', () => {
    clearTimeout(healthyTimer)
    healthyTimer = window.setTimeout(() => {
      failures = 0
    }, healthyAfterMs)
  })
  playback.on('play', () => {
    if (isStale) void renew(false)
  })
  scheduleRenewal(Number(box.dataset.lifetime))
  loadPlayer().catch(() => showMessage('player-failed'))
}

/** A player with a fresh permission; null when this user may not play the video any more. */
async function requestPlayer(url: string): Promise<FreshPlayer | null> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(requestTimeoutMs),
  })
  if (response.status === 403 || response.status === 404) return null
  if (!response.ok) throw new Error(`Answered ${response.status}`)
  return (await response.json()) as FreshPlayer
}
