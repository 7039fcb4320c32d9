import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { fileSize } from '../../src/rules/format'
import { attachmentLimits, courseImageLimits } from '../../src/rules/teach/course-uploads'
import { Button } from '../parts/button'
import { CourseImage } from '../parts/course-image'
import { FileDrop } from '../parts/file-drop'
import { Icon } from '../parts/icon'

export interface CourseFilesProps {
  course: TeachCourse
  /** Whether this site keeps files at all. */
  canUpload: boolean
}

/** The picture of the course; fetched anew when another one is stored. */
export function CourseImageCard({ course, canUpload }: CourseFilesProps) {
  return (
    <section
      class="card"
      id="picture"
      aria-labelledby="picture-title"
      hx-get={paths.teachCourse(course.id)}
      hx-trigger="uploaded"
      hx-swap="none"
    >
      <h2 id="picture-title">Image</h2>
      <div class="teach-image">
        <CourseImage title={course.title} categoryName={null} imageUrl={course.imageUrl} />
        <p class="soft label-size">
          {course.imageUrl
            ? 'Students see it wherever the course is shown.'
            : 'This drawing stands in until there is one. Wide pictures fit best, 1280 by 720 or larger.'}
        </p>
      </div>
      {canUpload ? (
        <FileDrop
          label={course.imageUrl ? 'New image' : 'Image'}
          name="courseImage"
          route="courseImage"
          input={{ courseId: course.id }}
          limits={courseImageLimits}
          done="The image is saved."
        />
      ) : (
        <p class="soft">Files cannot be added on this site yet: no file store is set up.</p>
      )}
    </section>
  )
}

/** What students can take home; fetched anew when more is stored. */
export function CourseAttachments({ course, canUpload }: CourseFilesProps) {
  return (
    <section
      class="card"
      id="files"
      aria-labelledby="files-title"
      hx-get={paths.teachCourse(course.id)}
      hx-trigger="uploaded"
      hx-swap="none"
    >
      <h2 id="files-title">Files</h2>
      {course.files.length === 0 ? (
        <p class="soft">Slides, code, exercises: what students who own the course can download.</p>
      ) : (
        <ul class="teach-files">
          {course.files.map((file) => (
            <AttachmentItem course={course} file={file} />
          ))}
        </ul>
      )}
      {canUpload ? (
        <FileDrop
          label="Files to add"
          name="courseAttachment"
          route="courseAttachment"
          input={{ courseId: course.id }}
          limits={attachmentLimits}
          done="The files are saved."
        />
      ) : null}
    </section>
  )
}

function AttachmentItem({ course, file }: { course: TeachCourse; file: TeachCourse['files'][number] }) {
  const action = paths.teachAttachmentDelete(course.id, file.id)
  return (
    <li>
      <Icon name="file" />
      <span class="teach-file">
        <a href={paths.attachment(course.slug, file.id)}>{file.name}</a>
        <span class="small soft nowrap">{fileSize(file.sizeBytes)}</span>
      </span>
      <form
        method="post"
        action={action}
        hx-post={action}
        hx-swap="none"
        hx-confirm={`${file.name} is deleted for students, too.`}
      >
        <Button kind="quiet" title={`Delete ${file.name}`}>
          Delete
        </Button>
      </form>
    </li>
  )
}
