import { paths } from '../../src/paths'
import { Control, wiring } from '../parts/control'
import { TransferView, VideoNeedsScript } from './video-upload'

/** A lesson for each of several video files, named after it. The page needs the script `video-upload.js` and the policy `upload`. */
export function BulkUpload({ courseId, isOffered }: { courseId: string; isOffered: boolean }) {
  if (!isOffered) return null
  const label = 'Add lessons from files'
  const hint =
    'Choose or drop several videos: each becomes a lesson at the end, titled like its file, and you can rename it any time.'
  const plan = { courseId, add: paths.teachChapters(courseId), chapter: paths.teachChapter(courseId, '') }
  return (
    <section class="card" id="lessons-from-files" aria-labelledby="lessons-from-files-title">
      <h2 id="lessons-from-files-title">{label}</h2>
      <VideoNeedsScript />
      <div class="drop-zone" data-bulk-upload={JSON.stringify(plan)}>
        <Control label="Video files" name="lesson-files" hint={hint}>
          <input
            {...wiring({ label, name: 'lesson-files', hint })}
            class="control"
            type="file"
            accept="video/*,.mkv,.mov,.m4v"
            multiple
          />
        </Control>
        <ul class="stack" data-files />
        <p data-all-done role="status" hidden>
          <span data-outcome /> <a href={paths.teachCourse(courseId)}>Show the lessons</a>
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
