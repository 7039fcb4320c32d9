import type { Category } from '../../src/models/catalogue/category'
import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Icon } from '../parts/icon'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { BulkUpload } from './bulk-upload'
import { type ChaptersProps, CourseChapters } from './course-chapters'
import { CourseAttachments, CourseImageCard } from './course-files'
import { type CourseField, CourseSetting, courseFields } from './course-setting'
import { CourseState, PublicationBadge } from './course-state'
import { DeletionCard } from './deletion-card'

export interface CoursePageProps {
  course: TeachCourse
  categories: Category[]
  canUpload: boolean
  canSendVideos: boolean
  /** What was typed into the settings, and what is wrong with it. */
  settings?: {
    values: Partial<Record<CourseField, string>>
    errors: Partial<Record<CourseField, string>>
  }
  /** It was to be published and is not whole. */
  isRefused?: boolean
  chapters?: Omit<ChaptersProps, 'course'>
}

/** Where a course is made: what is missing, what it says, its chapters and files. */
export function CoursePage(props: CoursePageProps) {
  const { course, categories, canUpload, canSendVideos, settings, isRefused, chapters } = props
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: paths.teach(), label: 'Your courses' }]} />
      <CourseHead course={course} />
      <div class="teach-page">
        <aside class="teach-aside" aria-label="State">
          <CourseState course={course} isRefused={isRefused} />
        </aside>
        <div class="stack teach-main">
          <Card title="About the course">
            {courseFields.map((field) => (
              <CourseSetting
                {...{ course, categories, field }}
                typed={settings?.values[field]}
                error={settings?.errors[field]}
              />
            ))}
          </Card>
          <CourseChapters course={course} {...chapters} />
          <BulkUpload courseId={course.id} isOffered={canSendVideos} />
          <CourseImageCard course={course} canUpload={canUpload} />
          <CourseAttachments course={course} canUpload={canUpload} />
          <Deletion course={course} />
        </div>
      </div>
    </div>
  )
}

function CourseHead({ course }: Pick<CoursePageProps, 'course'>) {
  return (
    <div id="course-head">
      <PageHeader
        title={course.title}
        lead={
          <span class="cluster label-size">
            <PublicationBadge isPublished={course.isPublished} />
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

/** Head and checklist anew, beside whatever else changed. */
export function CourseUpdates({ course, isRefused }: Pick<CoursePageProps, 'course' | 'isRefused'>) {
  return (
    <>
      <hx-partial hx-target="#course-head" hx-swap="outerHTML">
        <CourseHead course={course} />
      </hx-partial>
      <hx-partial hx-target="#course-state" hx-swap="outerHTML">
        <CourseState course={course} isRefused={isRefused} />
      </hx-partial>
    </>
  )
}

/** Picture, files and checklist anew: what changes when something was stored. */
export function CourseFilesUpdate(props: CoursePageProps) {
  return (
    <>
      <hx-partial hx-target="#picture" hx-swap="outerHTML">
        <CourseImageCard {...props} />
      </hx-partial>
      <hx-partial hx-target="#files" hx-swap="outerHTML">
        <CourseAttachments {...props} />
      </hx-partial>
      <CourseUpdates course={props.course} />
    </>
  )
}

function Deletion({ course }: Pick<CoursePageProps, 'course'>) {
  const action = paths.teachCourseDelete(course.id)
  const words =
    course.studentCount > 0
      ? `${count(course.studentCount, 'student')} will keep it; nobody else can find or buy it, and it leaves your studio.`
      : 'It goes away with its chapters, videos and files.'
  return <DeletionCard title="Delete this course" action={action} words={words} />
}
