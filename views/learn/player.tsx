import type { Child } from 'hono/jsx'
import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { Icon } from '../parts/icon'
import { PlayerTrouble } from '../parts/player-trouble'

/** What `<mux-player>` is told, and for how many seconds it may play. */
export interface Playable {
  attributes: Record<string, string>
  lifetimeSeconds: number
}

export interface PlayerProps {
  slug: string
  chapterId: string
  /** Null when there is no video, or none that can be played; `reason` says which. */
  player: Playable | null
  reason?: string
  /** Whether to keep where this person stops. */
  keepsPosition: boolean
}

/** The box in which the video plays: its size is known before the player comes, and nothing is ever swapped into it. */
export function Player({ slug, chapterId, player, reason, keepsPosition }: PlayerProps) {
  if (!player) return <PlayerMessage icon="video">{reason}</PlayerMessage>
  return (
    <>
      <div
        class="player"
        data-player={paths.chapterPlayer(slug, chapterId)}
        data-lifetime={player.lifetimeSeconds}
        data-position={keepsPosition ? paths.chapterPosition(slug, chapterId) : undefined}
      >
        <mux-player {...player.attributes} />
        <noscript>
          <div class="player-message">
            <Icon name="video" />
            <p>
              The player needs JavaScript, which is switched off in this browser. Everything else here works
              without it.
            </p>
          </div>
        </noscript>
      </div>
      <PlayerTrouble>
        <p>
          You cannot watch this lesson any more. If you were signed out, sign in and come back; if the course
          was refunded, its page says how to get it again.
        </p>
        <ButtonLink href={paths.chapter(slug, chapterId)}>Reload the lesson</ButtonLink>
      </PlayerTrouble>
    </>
  )
}

/** Words where a video would play. */
export function PlayerMessage({ icon, children }: { icon: 'video' | 'lock'; children?: Child }) {
  return (
    <div class="player">
      <div class="player-message">
        <Icon name={icon} />
        <p>{children}</p>
      </div>
    </div>
  )
}
