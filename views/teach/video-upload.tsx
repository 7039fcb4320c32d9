import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Control, wiring } from '../parts/control'

export interface VideoUploadProps {
  courseId: string
  chapterId: string
  hasVideo: boolean
}

export function VideoUpload({ courseId, chapterId, hasVideo }: VideoUploadProps) {
  const label = hasVideo ? 'New video' : 'Video file'
  const hint = 'MP4, MOV, MKV or WebM of any size. Choose a file or drop it here.'
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
      Uploading videos needs JavaScript: a large file is sent in pieces, so that a broken connection does not
      start it over. Everything else on this page works without it.
    </p>
  </noscript>
)
