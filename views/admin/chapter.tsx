import type { AdminChapter, AdminCourse } from '../../src/models/admin/courses'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Duration, When } from '../parts/text'
import { LessonState } from './course'
import { ReasonForm } from './reason-form'

interface ChapterProps {
  course: AdminCourse
  chapter: AdminChapter
  reason?: string
  error?: string
  timeZone: string
}

export function AdminChapterPage({ course, chapter, reason, error, timeZone }: ChapterProps) {
  const { id, title, keepers, withdrawnAt, durationSeconds } = chapter
  return (
    <div class="wrap medium">
      <Breadcrumbs
        items={[
          { href: paths.adminCourses(), label: 'Courses' },
          { href: paths.adminCourse(course.id), label: course.title },
        ]}
      />
      <PageHeader title={title} lead={<LessonState chapter={chapter} />} />
      <div class="stack">
        <dl class="details-list">
          <dt>Length</dt>
          <dd>{durationSeconds === null ? 'No video' : <Duration seconds={durationSeconds} />}</dd>
          <dt>Open to</dt>
          <dd>{count(keepers, 'student')} who own it</dd>
          {withdrawnAt ? (
            <>
              <dt>Withdrawn</dt>
              <dd>
                <When date={withdrawnAt} timeZone={timeZone} time />, by its instructor
              </dd>
            </>
          ) : null}
        </dl>
        <Card title="Erase for good" danger>
          <p>
            Erasing takes the lesson and its video from everyone, {count(keepers, 'student')} who paid for it
            included, and cannot be undone. Do it only where the law asks for it.
          </p>
          <ReasonForm
            action={paths.adminChapterDelete(course.id, id)}
            hint="It is kept on the audit page."
            confirm={`${title} and its video are erased for everyone, ${count(keepers, 'student')} who own it included.`}
            {...{ reason, error }}
          >
            Erase for good
          </ReasonForm>
        </Card>
      </div>
    </div>
  )
}
