import type { TeachChapter } from '../../src/models/teach/chapter'
import type { ChapterVideo } from '../../src/models/teach/video/video'
import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'
import { PlayerTrouble } from '../parts/player-message'

export interface VideoProps {
  chapter: Pick<TeachChapter, 'id' | 'title' | 'isPublished'> & { course: { id: string; slug: string } }
  video: ChapterVideo
}

/** Played on demand, because the player is a large script. */
export function VideoPreview({ chapter, video }: VideoProps) {
  const { id, course, isPublished } = chapter
  const remove = paths.teachVideoDelete(course.id, id)
  if (!video.playing) return <div id="video-preview" hidden />
  const warning = isPublished
    ? 'Remove this video? The chapter is then unpublished. Students who own the course keep it with this video, marked as withdrawn. To replace the video, upload a new one instead.'
    : 'Remove this video?'
  return (
    <div class="stack" id="video-preview">
      <div class="player" data-preview={paths.chapterPlayer(course.slug, id)}>
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
        <p>This video can no longer be played. Reload the page to see its state.</p>
      </PlayerTrouble>
      <form
        method="post"
        action={remove}
        hx-post={remove}
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
