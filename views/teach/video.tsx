import { paths } from '../../src/paths'
import { duration } from '../../src/rules/format'
import { isUnderWay, type VideoState } from '../../src/rules/teach/video-state'
import { Button } from '../parts/button'
import { Notice } from '../parts/notice'
import { Badge, Duration } from '../parts/text'
import { VideoPreview } from './video-preview'
import { VideoUpload } from './video-upload'

export interface ChapterVideoProps {
  courseId: string
  chapterId: string
  slug: string
  isPublished: boolean
  state: VideoState
  /** Why the last upload came to nothing. */
  reason: string | null
  uploadId: string | null
  /** What plays now, also while another is under way. */
  playing: { playbackId: string; durationSeconds: number } | null
  /** Whether this site has a video service. */
  isOffered: boolean
}

/** All about a chapter's video: how it stands, what plays, and the way to send a file. The page needs the script `video-upload.js` and the policy `player`. */
export function ChapterVideo(video: ChapterVideoProps) {
  if (!video.isOffered)
    return <p class="soft">Videos cannot be added on this site yet: no video service is set up.</p>
  return (
    <div class="stack" id="video">
      <VideoStatus {...video} />
      <VideoPreview {...video} />
      <VideoUpload courseId={video.courseId} chapterId={video.chapterId} hasVideo={video.playing !== null} />
    </div>
  )
}

/** What a page shows now; it asks with this, and gets nothing while that is still so. */
export const statusKey = ({ state, uploadId, playing }: ChapterVideoProps): string =>
  [state, uploadId, playing?.playbackId].map((part) => part ?? '-').join('.')

/** How the video stands, in words; asks again by itself while something is under way. */
export function VideoStatus(video: ChapterVideoProps) {
  const { courseId, chapterId, state, playing } = video
  const address = `${paths.teachVideo(courseId, chapterId)}?shown=${encodeURIComponent(statusKey(video))}`
  return (
    <div
      class="stack"
      id="video-state"
      data-state={state}
      data-upload-id={video.uploadId}
      hx-get={address}
      hx-trigger={isUnderWay(state) ? 'video-changed, every 3s' : 'video-changed'}
      hx-swap="outerHTML"
    >
      <Words {...video} />
      {state !== 'ready' && playing ? (
        <p class="soft">
          Students see the video that is there now (<Duration seconds={playing.durationSeconds} />)
          {isUnderWay(state) ? ' until the new one is ready.' : '.'}
        </p>
      ) : null}
    </div>
  )
}

function Words({ state, reason, playing, courseId, chapterId }: ChapterVideoProps) {
  if (state === 'errored')
    return (
      <Notice kind="error" title="This upload did not work">
        {reason ?? 'The video could not be used. Please upload the file again.'}
      </Notice>
    )
  if (state === 'ready')
    return (
      <p role="status">
        <Badge kind="success">Ready</Badge> The video plays, {duration(playing?.durationSeconds ?? 0)} long.
      </p>
    )
  if (state === 'preparing')
    return (
      <p role="status">
        <Badge kind="accent">Preparing</Badge> The file is here and is being made ready to play. You can leave
        this page; it goes on by itself.
      </p>
    )
  if (state === 'none') return <p role="status">This lesson has no video yet.</p>
  return (
    <>
      <p role="status">
        <Badge kind="accent">Waiting for the file</Badge> The file has not arrived whole yet.
      </p>
      <p class="soft" data-idle-upload>
        If the page that sent it was closed, choose the same file again below: it goes on where it stopped.
      </p>
      <form method="post" action={paths.teachUploadDelete(courseId, chapterId)} data-idle-upload>
        <Button kind="quiet">Stop this upload</Button>
      </form>
    </>
  )
}

/** What a page gets that asked how things stand and shows something older. */
export function VideoUpdate({ shown, ...video }: ChapterVideoProps & { shown: string }) {
  const playedBefore = shown.split('.')[2]
  const isSame = playedBefore === (video.playing?.playbackId ?? '-')
  return (
    <>
      <VideoStatus {...video} />
      {isSame ? null : (
        <hx-partial hx-target="#video-preview" hx-swap="outerHTML">
          <VideoPreview {...video} />
        </hx-partial>
      )}
    </>
  )
}
