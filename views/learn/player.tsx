import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { Icon } from '../parts/icon'
import { PlayerMessage, PlayerTrouble } from '../parts/player-message'

export interface ChapterPlayer {
  tag: string
  attributes: Record<string, string>
  lifetimeSeconds: number
}

interface PlayerProps {
  slug: string
  chapterId: string
  /** Null when there is no video, or none that can be played. */
  player: ChapterPlayer | null
  reason?: string
  keepsPosition: boolean
}

/** The box has its size before the player comes, so nothing is swapped into it. */
export function Player({ slug, chapterId, player, reason, keepsPosition }: PlayerProps) {
  if (!player) return <PlayerMessage icon="video">{reason}</PlayerMessage>
  const { tag: Element, attributes, lifetimeSeconds } = player
  return (
    <>
      <div
        class="player"
        data-player={paths.chapterPlayer(slug, chapterId)}
        data-lifetime={lifetimeSeconds}
        data-position={keepsPosition ? paths.chapterPosition(slug, chapterId) : undefined}
      >
        <Element {...attributes} />
        <noscript>
          <div class="player-message">
            <Icon name="video" />
            <p>
              The player needs JavaScript, which is turned off in this browser. Everything else works without
              it.
            </p>
          </div>
        </noscript>
      </div>
      <PlayerTrouble>
        <p>
          You cannot watch this lesson any more. If you were signed out, sign in and come back. If the course
          was refunded, you can buy it again on its page.
        </p>
        <ButtonLink href={paths.chapter(slug, chapterId)}>Reload the lesson</ButtonLink>
      </PlayerTrouble>
    </>
  )
}
