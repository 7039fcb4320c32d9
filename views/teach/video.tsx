import type { ChapterVideo } from '../../src/models/teach/video/video'
import { paths } from '../../src/paths'
import { duration } from '../../src/rules/format'
import { isUnderWay } from '../../src/rules/teach/video-upload'
import { Button } from '../parts/button'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Badge, Duration } from '../parts/text'
import { VideoPreview, type VideoProps } from './video-preview'
import { VideoUpload } from './video-upload'

export interface VideoPanelProps extends VideoProps {
  isOffered: boolean
}

export function VideoPage(props: VideoPanelProps) {
  const { id, title, course } = props.chapter
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.teachChapter(course.id, id), label: title }]} />
      <PageHeader title="Video" />
      <VideoPanel {...props} />
    </div>
  )
}

/** The page needs `video-upload.js` and the policy `player`. */
export function VideoPanel({ chapter, video, isOffered }: VideoPanelProps) {
  if (!isOffered) return <p class="soft">Videos cannot be added yet: this site has no video service.</p>
  return (
    <div class="stack" id="video">
      <VideoStatus chapter={chapter} video={video} />
      <VideoPreview chapter={chapter} video={video} />
      <VideoUpload courseId={chapter.course.id} chapterId={chapter.id} hasVideo={video.playing !== null} />
    </div>
  )
}

/** A page asks with this, and gets nothing while it is unchanged. */
export const statusKey = ({ state, uploadId, playing }: ChapterVideo): string =>
  [state, uploadId, playing?.playbackId].map((part) => part ?? '-').join('.')

function VideoStatus({ chapter, video }: VideoProps) {
  const { state, uploadId, playing } = video
  return (
    <div
      class="stack"
      id="video-state"
      data-state={state}
      data-upload-id={uploadId}
      hx-get={`${paths.teachVideo(chapter.course.id, chapter.id)}?shown=${encodeURIComponent(statusKey(video))}`}
      hx-trigger={isUnderWay(state) ? 'video-changed, every 3s' : 'video-changed'}
      hx-swap="outerHTML"
    >
      <StatusText chapter={chapter} video={video} />
      {state !== 'ready' && playing ? (
        <p class="soft">
          Students see the present video (<Duration seconds={playing.durationSeconds} />)
          {isUnderWay(state) ? ' until the new one is ready.' : '.'}
        </p>
      ) : null}
    </div>
  )
}

function StatusText({ chapter, video: { state, reason, playing } }: VideoProps) {
  switch (state) {
    case 'none':
      return <p role="status">This chapter has no video yet.</p>
    case 'errored':
      return (
        <Notice kind="error" title="This upload did not work">
          {reason ?? 'The video could not be used. Please upload the file again.'}
        </Notice>
      )
    case 'ready':
      return (
        <p role="status">
          <Badge kind="success">Ready</Badge> The video is {duration(playing?.durationSeconds ?? 0)} long.
        </p>
      )
    case 'preparing':
      return (
        <p role="status">
          <Badge kind="accent">Preparing</Badge> The file has arrived and is being prepared. You can leave
          this page.
        </p>
      )
    case 'waiting':
      return (
        <>
          <p role="status">
            <Badge kind="accent">Waiting for the file</Badge> The file has not arrived completely yet.
          </p>
          <p class="soft" data-idle-upload>
            If you closed the page that sent it, choose the same file again below: the upload continues where
            it stopped.
          </p>
          <form
            method="post"
            action={paths.teachUploadDelete(chapter.course.id, chapter.id)}
            data-idle-upload
          >
            <Button kind="quiet">Stop this upload</Button>
          </form>
        </>
      )
  }
}

export function VideoUpdate({ chapter, video, shown }: VideoProps & { shown: string }) {
  const shownPlaybackId = shown.split('.')[2]
  const isSame = shownPlaybackId === (video.playing?.playbackId ?? '-')
  return (
    <>
      <VideoStatus chapter={chapter} video={video} />
      {isSame ? null : (
        <hx-partial hx-target="#video-preview" hx-swap="outerHTML">
          <VideoPreview chapter={chapter} video={video} />
        </hx-partial>
      )}
    </>
  )
}
