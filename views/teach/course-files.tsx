import type { Child } from 'hono/jsx'
import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { fileSize } from '../../src/rules/format'
import { attachmentLimits, courseImageLimits } from '../../src/rules/uploads'
import { Button } from '../parts/button'
import { CourseImage } from '../parts/course-image'
import { FileDrop, type FileDropProps } from '../parts/file-drop'
import { Icon } from '../parts/icon'
import { Badge } from '../parts/text'

export interface CourseFilesProps {
  course: TeachCourse
  canUploadFiles: boolean
}

export function CourseImageCard({ course, canUploadFiles }: CourseFilesProps) {
  const drop = {
    label: course.imageUrl ? 'New image' : 'Image',
    name: 'courseImage',
    limits: courseImageLimits,
    done: 'The image is saved.',
  }
  return (
    <UploadCard id="image" title="Course image" courseId={course.id} drop={canUploadFiles ? drop : null}>
      <div class="teach-image">
        <CourseImage title={course.title} categoryName={null} imageUrl={course.imageUrl} />
        <p class="soft label-size">
          {course.imageUrl
            ? 'Shown wherever students see the course.'
            : 'This drawing is shown until you add an image. Wide images work best, 1280 by 720 or larger.'}
        </p>
      </div>
    </UploadCard>
  )
}

export function CourseAttachments({ course, canUploadFiles }: CourseFilesProps) {
  const drop = {
    label: 'Files to add',
    name: 'courseAttachment',
    limits: attachmentLimits,
    done: 'The files are saved.',
  }
  return (
    <UploadCard id="files" title="Files" courseId={course.id} drop={canUploadFiles ? drop : null}>
      {course.files.length === 0 ? (
        <p class="soft">Slides, code, exercises: students who own the course can download them.</p>
      ) : (
        <ul class="teach-files">
          {course.files.map((file) => (
            <AttachmentItem course={course} file={file} />
          ))}
        </ul>
      )}
    </UploadCard>
  )
}

interface UploadCardProps {
  id: string
  title: string
  courseId: string
  /** `name` is the upload route, too; null where this site has no file store. */
  drop: Omit<FileDropProps, 'route' | 'input'> | null
  children?: Child
}

function UploadCard({ id, title, courseId, drop, children }: UploadCardProps) {
  return (
    <section
      class="card"
      id={id}
      aria-labelledby={`${id}-title`}
      hx-get={paths.teachCourse(courseId)}
      hx-trigger="uploaded"
      hx-swap="none"
    >
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
      {drop ? (
        <FileDrop {...drop} route={drop.name} input={{ courseId }} />
      ) : (
        <p class="soft">Files cannot be added yet: this site has no file store.</p>
      )}
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
        {file.withdrawnAt ? <Badge>Withdrawn</Badge> : null}
      </span>
      {file.withdrawnAt ? null : <AttachmentDeletion {...{ course, file, action }} />}
    </li>
  )
}

interface AttachmentDeletionProps {
  course: TeachCourse
  file: TeachCourse['files'][number]
  action: string
}

const AttachmentDeletion = ({ course, file, action }: AttachmentDeletionProps) => (
  <form
    method="post"
    action={action}
    hx-post={action}
    hx-swap="none"
    hx-confirm={
      course.studentCount > 0
        ? `Students who own the course keep ${file.name}, marked as withdrawn; nobody else gets it.`
        : `${file.name} is deleted.`
    }
  >
    <Button kind="quiet" title={`Delete ${file.name}`}>
      Delete
    </Button>
  </form>
)
