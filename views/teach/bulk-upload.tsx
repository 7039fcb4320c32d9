import { paths } from '../../src/paths'
import { Control, wiring } from '../parts/control'
import { TransferView, VideoNeedsScript } from './video-upload'

/** The page needs `video-upload.js` and the policy `upload`. */
export function BulkUpload({ courseId, isOffered }: { courseId: string; isOffered: boolean }) {
  if (!isOffered) return null
  const label = 'Add chapters from files'
  const hint =
    'Choose or drop several videos. Each becomes a chapter at the end, titled like its file. You can rename it later.'
  const plan = { courseId, add: paths.teachChapters(courseId), chapter: paths.teachChapter(courseId, '') }
  return (
    <section class="card" id="chapters-from-files" aria-labelledby="chapters-from-files-title">
      <h2 id="chapters-from-files-title">{label}</h2>
      <VideoNeedsScript />
      <div class="drop-zone" data-bulk-upload={JSON.stringify(plan)}>
        <Control label="Video files" name="chapter-files" hint={hint}>
          <input
            {...wiring({ label, name: 'chapter-files', hint })}
            class="control"
            type="file"
            accept="video/*,.mkv,.mov,.m4v"
            multiple
          />
        </Control>
        <ul class="stack" data-files />
        <p data-all-done role="status" hidden>
          <span data-outcome /> <a href={paths.teachCourse(courseId)}>Show the chapters</a>
        </p>
        <template>
          <li class="stack">
            <TransferView />
          </li>
        </template>
      </div>
    </section>
  )
}
