import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'
import { PlayerTrouble } from '../parts/player-message'
import type { ChapterVideoProps } from './video'

/** What students see now, played when asked for: the player is a large script. Only replaced when another video is there. */
export function VideoPreview({ courseId, chapterId, slug, playing, isPublished }: ChapterVideoProps) {
  if (!playing) return <div id="video-preview" hidden />
  const warning = isPublished
    ? 'Remove this video? The lesson has none then, so it is unpublished.'
    : 'Remove this video?'
  return (
    <div class="stack" id="video-preview">
      <div class="player" data-preview={paths.chapterPlayer(slug, chapterId)}>
        <div class="player-message">
          <Icon name="video" />
          <noscript>
            <p>Playing the video needs JavaScript.</p>
          </noscript>
          <Button type="button" data-play>
            <Icon name="play" />
            Play the video
          </Button>
        </div>
      </div>
      <PlayerTrouble>
        <p>This video cannot be played any more. Reload the page to see how things stand.</p>
      </PlayerTrouble>
      <form
        method="post"
        action={paths.teachVideoDelete(courseId, chapterId)}
        hx-post={paths.teachVideoDelete(courseId, chapterId)}
        hx-confirm={warning}
        hx-sync="this:drop"
        hx-swap="none"
      >
        <Button kind="quiet">
          <Icon name="trash" />
          Remove the video
        </Button>
      </form>
    </div>
  )
}
