import { urls } from '../../src/urls'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'
import type { ChapterVideoProps } from './video'

/** What students see now, played when asked for: the player is a large script. Only replaced when another video is there. */
export function VideoPreview({ courseId, chapterId, slug, playing, isPublished }: ChapterVideoProps) {
  if (!playing) return <div id="video-preview" hidden />
  const warning = isPublished
    ? 'Remove this video? The lesson has none then, so it is unpublished.'
    : 'Remove this video?'
  return (
    <div class="stack" id="video-preview">
      <div class="player" data-preview={urls.player(slug, chapterId)}>
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
      <template id="player-failed">
        <div class="player-message" role="alert">
          <Icon name="alert" />
          <p>The video does not play just now. Your connection may be gone, or the video service may rest.</p>
          <Button type="button" data-again>
            Try again
          </Button>
        </div>
      </template>
      <template id="player-closed">
        <div class="player-message" role="alert">
          <Icon name="lock" />
          <p>This video cannot be played any more. Reload the page to see how things stand.</p>
        </div>
      </template>
      <form
        method="post"
        action={urls.teachVideoDelete(courseId, chapterId)}
        hx-post={urls.teachVideoDelete(courseId, chapterId)}
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
