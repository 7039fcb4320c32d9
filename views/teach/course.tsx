import type { Confirmation } from '../../src/models/account/confirmation'
import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { type CourseNeed, courseNeeds, needsInWords } from '../../src/rules/teach/publishing'
import { Button, ButtonLink } from '../parts/button'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { BulkUpload } from './bulk-upload'
import { type ChaptersProps, CourseChapters } from './course-chapters'
import { CourseAttachments, CourseImageCard } from './course-files'
import { CourseSettings, type CourseSettingsProps } from './course-settings'
import { DeletionCard } from './deletion-card'
import { PublicationBadge, PublicationCard } from './publication'

export interface CoursePageProps extends CourseSettingsProps {
  canUploadFiles: boolean
  canUploadVideos: boolean
  isRefused?: boolean
  confirmation: Confirmation
  /** At the password, asked before the course is deleted. */
  deletionError?: string
  chapters?: Omit<ChaptersProps, 'course'>
}

export function CoursePage(props: CoursePageProps) {
  const { course, canUploadVideos, chapters } = props
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.teach(), label: 'Your courses' }]} />
      <CourseHead course={course} />
      <div class="teach-page">
        <aside class="teach-aside" aria-label="State">
          <CourseState {...props} />
        </aside>
        <div class="stack teach-main">
          <CourseSettings {...props} />
          <CourseChapters course={course} {...chapters} />
          <BulkUpload courseId={course.id} isOffered={canUploadVideos} />
          <CourseImageCard {...props} />
          <CourseAttachments {...props} />
          <CourseDeletion {...props} />
        </div>
      </div>
    </div>
  )
}

export const CourseDeletion = ({ course, confirmation, deletionError }: CoursePageProps) => (
  <DeletionCard
    title="Delete this course"
    action={paths.teachCourseDelete(course.id)}
    consequences={consequences(course)}
    confirmation={confirmation}
    error={deletionError}
  />
)

const consequences = ({ studentCount }: TeachCourse) =>
  studentCount > 0
    ? `${count(studentCount, 'student')} will keep it. Nobody else can find or buy it, and you can no longer edit it.`
    : 'Its chapters, videos and files are deleted with it.'

function CourseHead({ course }: Pick<CoursePageProps, 'course'>) {
  return (
    <div id="course-head">
      <PageHeader
        title={course.title}
        lead={
          <span class="cluster label-size">
            <PublicationBadge isPublished={course.isPublished} isSuspended={course.suspension !== null} />
            {count(course.studentCount, 'student')}
          </span>
        }
      >
        {course.chapters.length > 0 ? (
          <ButtonLink href={paths.learn(course.slug)}>
            <Icon name="eye" />
            Preview as a student
          </ButtonLink>
        ) : null}
      </PageHeader>
    </div>
  )
}

const needs: Record<CourseNeed, { label: string; control: string }> = {
  title: { label: 'Title', control: 'title' },
  description: { label: 'Description', control: 'description' },
  image: { label: 'Image', control: 'image' },
  category: { label: 'Category', control: 'categoryId' },
  price: { label: 'Price', control: 'price' },
  chapter: { label: 'Published chapter', control: 'chapters' },
}

type StateProps = Pick<CoursePageProps, 'course' | 'isRefused'>

function CourseState(props: StateProps) {
  const { course, isRefused } = props
  const { id, slug, isPublished, missing } = course
  if (course.suspension) return <SuspensionCard {...props} reason={course.suspension.reason} />
  return (
    <PublicationCard
      id="course-state"
      title={isPublished ? 'On sale' : 'Before it goes on sale'}
      needs={courseNeeds.map((need) => ({ ...needs[need], isDone: !missing.includes(need) }))}
      isPublished={isPublished}
      publish={paths.teachPublication(id)}
      unpublish={paths.teachPublicationDelete(id)}
      warning="Nobody new can find or buy it. Students who have it keep it."
      error={
        isRefused && missing.length > 0 ? `This course still needs ${needsInWords(missing)}.` : undefined
      }
    >
      {isPublished ? (
        <ButtonLink kind="quiet" href={paths.course(slug)}>
          <Icon name="external" />
          See it on the site
        </ButtonLink>
      ) : null}
    </PublicationCard>
  )
}

function SuspensionCard({ course, isRefused, reason }: StateProps & { reason: string | null }) {
  return (
    <section class="card card-danger" id="course-state" aria-labelledby="course-state-title">
      <h2 id="course-state-title">Taken off sale</h2>
      {isRefused ? (
        <Notice kind="error">
          An administrator has taken this course off sale. Only an administrator can put it back.
        </Notice>
      ) : null}
      <p>
        An administrator has taken this course off sale. Nobody new can find or buy it; students who have it
        keep it.
      </p>
      {reason ? (
        <p>
          The reason: <strong>{reason}</strong>
        </p>
      ) : null}
      <p class="soft">You can go on editing it. When the reason is settled, ask an administrator.</p>
      {course.isPublished ? (
        <form method="post" action={paths.teachPublicationDelete(course.id)}>
          <Button id="publication" wide>
            Unpublish
          </Button>
        </form>
      ) : null}
    </section>
  )
}

export function CourseUpdates(props: StateProps) {
  return (
    <>
      <hx-partial hx-target="#course-head" hx-swap="outerHTML">
        <CourseHead {...props} />
      </hx-partial>
      <hx-partial hx-target="#course-state" hx-swap="outerHTML">
        <CourseState {...props} />
      </hx-partial>
    </>
  )
}

export function CourseFilesUpdate(props: CoursePageProps) {
  return (
    <>
      <hx-partial hx-target="#image" hx-swap="outerHTML">
        <CourseImageCard {...props} />
      </hx-partial>
      <hx-partial hx-target="#files" hx-swap="outerHTML">
        <CourseAttachments {...props} />
      </hx-partial>
      <CourseUpdates course={props.course} />
    </>
  )
}
