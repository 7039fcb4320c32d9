import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Control, wiring } from '../parts/control'

export interface VideoUploadProps {
  courseId: string
  chapterId: string
  hasVideo: boolean
}

/** Where a video is chosen or dropped; src/browser/teach/video/send.ts sends it in pieces and goes on after a break. */
export function VideoUpload({ courseId, chapterId, hasVideo }: VideoUploadProps) {
  const label = hasVideo ? 'New video' : 'Video file'
  const hint = 'MP4, MOV, MKV or WebM, as large as you like. Choose it or drop it here.'
  const plan = {
    courseId,
    chapterId,
    open: paths.teachVideo(courseId, chapterId),
    stop: paths.teachUploadDelete(courseId, chapterId),
  }
  return (
    <>
      <VideoNeedsScript />
      <div class="drop-zone" data-video-upload={JSON.stringify(plan)}>
        <div data-choose>
          <Control label={label} name="video-file" hint={hint}>
            <input
              {...wiring({ label, name: 'video-file', hint })}
              class="control"
              type="file"
              accept="video/*,.mkv,.mov,.m4v"
            />
          </Control>
        </div>
        <p data-hint hidden />
        <TransferView />
      </div>
    </>
  )
}

/** How one file is doing; the script fills it. */
export function TransferView() {
  return (
    <>
      <div class="transfer" data-transfer hidden>
        <p class="transfer-file" data-file />
        <progress max={100} value={0} />
        <p class="label-size numeric" data-words />
        <div class="cluster">
          <Button type="button" data-pause>
            Pause
          </Button>
          <Button type="button" kind="quiet" data-cancel>
            Cancel
          </Button>
        </div>
      </div>
      <p class="field-error" role="alert" data-problem />
      <Button type="button" data-retry hidden>
        Try again
      </Button>
    </>
  )
}

export const VideoNeedsScript = () => (
  <noscript>
    <p class="soft">
      Sending videos from this page needs JavaScript: a large file goes in pieces, so that a broken connection
      does not start it over. Everything else here works without it.
    </p>
  </noscript>
)
