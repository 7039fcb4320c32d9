import type { AdminAttachment, AdminCourse } from '../../src/models/admin/courses'
import { paths } from '../../src/paths'
import { stateOf } from '../../src/rules/admin/course-query'
import { count, fileSize, price } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Icon } from '../parts/icon'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { Badge, Duration, When } from '../parts/text'
import { VerbForm, type VerbProblem } from '../parts/verb-form'
import { AuditLines } from './audit'
import { StateBadge } from './courses'

interface CourseProps {
  course: AdminCourse
  problem?: VerbProblem
  timeZone: string
}

export function AdminCoursePage(props: CourseProps) {
  const { course, timeZone } = props
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.adminCourses(), label: 'Courses' }]} />
      <PageHeader title={course.title} lead={<StateBadge state={stateOf(course)} />}>
        {stateOf(course) === 'on-sale' ? (
          <ButtonLink href={paths.course(course.slug)}>
            <Icon name="external" />
            See it on the site
          </ButtonLink>
        ) : null}
      </PageHeader>
      <div class="stack">
        <Facts course={course} timeZone={timeZone} />
        <CourseSale {...props} />
        <Lessons course={course} />
        <Files course={course} />
        <Card title="What administrators did">
          <AuditLines events={course.history} timeZone={timeZone} empty="Nothing so far." />
        </Card>
      </div>
    </div>
  )
}

function Facts({ course, timeZone }: Pick<CourseProps, 'course' | 'timeZone'>) {
  const { instructor } = course
  return (
    <dl class="details-list">
      <dt>Instructor</dt>
      <dd class="cluster">
        <a href={paths.person(instructor.id)}>{instructor.name}</a>
        {instructor.suspendedAt ? <Badge kind="danger">Suspended</Badge> : null}
      </dd>
      <dt>Price</dt>
      <dd>{price(course.pricePaise)}</dd>
      <dt>Owned by</dt>
      <dd>{count(course.owners, 'student')}</dd>
      <dt>Created</dt>
      <dd>
        <When date={course.createdAt} timeZone={timeZone} />
      </dd>
      <dt>First published</dt>
      <dd>{course.publishedAt ? <When date={course.publishedAt} timeZone={timeZone} /> : 'Never'}</dd>
      <dt>Address</dt>
      <dd>
        <code>{paths.course(course.slug)}</code>
      </dd>
    </dl>
  )
}

export function CourseSale({ course, problem, timeZone }: CourseProps) {
  const { id, suspendedAt, suspensionReason, instructor, archivedAt } = course
  if (suspendedAt) {
    return (
      <Card title="Taken off sale" id="sale" danger>
        <p>
          Since <When date={suspendedAt} timeZone={timeZone} time />. Nobody new can find or buy it.
          {course.owners > 0
            ? ` ${count(course.owners, 'student')} who ${course.owners === 1 ? 'owns' : 'own'} it can still watch and download everything.`
            : ''}
        </p>
        <p>
          {instructor.name} sees this reason: <strong>{suspensionReason}</strong>
        </p>
        <form method="post" action={paths.courseSuspensionDelete(id)}>
          <Button>Put back on sale</Button>
        </form>
        <p class="soft">
          {course.isPublished
            ? 'It will be on sale again immediately.'
            : 'It is not published, so its instructor has to publish it again.'}
        </p>
      </Card>
    )
  }
  if (archivedAt) {
    return (
      <Card title="Deleted" id="sale">
        <p>
          Its instructor deleted it on <When date={archivedAt} timeZone={timeZone} />. Nobody can buy it;
          students who have it keep it.
        </p>
      </Card>
    )
  }
  return (
    <Card title="Take off sale" id="sale" danger>
      <p>
        Nobody new can find or buy it, and its instructor cannot publish it again.
        {course.owners > 0
          ? ` ${count(course.owners, 'student keeps', 'students keep')} it, with every lesson and file.`
          : ''}
      </p>
      <VerbForm
        id="suspension"
        action={paths.courseSuspension(id)}
        button="Take off sale"
        kind="danger"
        confirm={`${course.title} goes off sale immediately, and ${instructor.name} is told why.`}
        target="sale"
        reasonHint={`${instructor.name} sees it on the course’s page and by email.`}
        problem={problem}
      />
    </Card>
  )
}

const Lessons = ({ course }: Pick<CourseProps, 'course'>) => (
  <Card title="Lessons" id="lessons">
    {course.chapters.length === 0 ? (
      <p class="soft">No lessons yet.</p>
    ) : (
      <Table
        caption="Lessons in their order"
        hideCaption
        columns={[{ label: 'Lesson' }, { label: 'State' }, { label: 'Length', align: 'end' }]}
        rows={course.chapters.map((chapter) => ({
          cells: [
            <a href={paths.adminChapter(course.id, chapter.id)}>{chapter.title}</a>,
            <LessonState chapter={chapter} />,
            chapter.durationSeconds === null ? 'No video' : <Duration seconds={chapter.durationSeconds} />,
          ],
        }))}
      />
    )}
  </Card>
)

const Files = ({ course }: Pick<CourseProps, 'course'>) => (
  <Card title="Files" id="files">
    {course.files.length === 0 ? (
      <p class="soft">No files.</p>
    ) : (
      <Table
        caption="Files by name"
        hideCaption
        columns={[{ label: 'File' }, { label: 'State' }, { label: 'Size', align: 'end' }]}
        rows={course.files.map((file) => ({
          cells: [
            <a class="break" href={paths.adminAttachment(course.id, file.id)}>
              {file.name}
            </a>,
            <FileState file={file} />,
            fileSize(file.sizeBytes),
          ],
        }))}
      />
    )}
  </Card>
)

export const FileState = ({ file }: { file: AdminAttachment }) =>
  file.withdrawnAt ? <Badge>Withdrawn</Badge> : <Badge kind="success">Offered</Badge>

export function LessonState({ chapter }: { chapter: AdminCourse['chapters'][number] }) {
  return (
    <span class="cluster">
      {chapter.withdrawnAt ? (
        <Badge>Withdrawn</Badge>
      ) : chapter.isPublished ? (
        <Badge kind="success">Published</Badge>
      ) : (
        <Badge>Draft</Badge>
      )}
      {chapter.isFree ? <Badge kind="accent">Free preview</Badge> : null}
    </span>
  )
}
