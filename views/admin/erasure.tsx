import type { Child } from 'hono/jsx'
import type { Confirmation } from '../../src/models/account/confirmation'
import type { AdminAttachment, AdminChapter, AdminCourse } from '../../src/models/admin/courses'
import { paths } from '../../src/paths'
import { count, fileSize } from '../../src/rules/format'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Duration, When } from '../parts/text'
import { VerbForm, type VerbProblem } from '../parts/verb-form'
import { FileState, LessonState } from './course'

interface Erasable {
  name: string
  state: Child
  size: [label: string, value: Child]
  /** What goes, behind "Erasing takes". */
  what: string
  action: string
  keepers: number
  withdrawnAt: Date | null
}

export const erasableChapter = (course: AdminCourse, chapter: AdminChapter): Erasable => ({
  ...{ ...chapter, name: chapter.title, state: <LessonState chapter={chapter} /> },
  size: [
    'Length',
    chapter.durationSeconds === null ? 'No video' : <Duration seconds={chapter.durationSeconds} />,
  ],
  what: 'the lesson and its video',
  action: paths.adminChapterDelete(course.id, chapter.id),
})

export const erasableFile = (course: AdminCourse, file: AdminAttachment): Erasable => ({
  ...{ ...file, state: <FileState file={file} />, size: ['Size', fileSize(file.sizeBytes)] },
  what: 'the file',
  action: paths.adminAttachmentDelete(course.id, file.id),
})

export interface ErasureProps {
  course: AdminCourse
  erasable: Erasable
  confirmation: Confirmation
  problem?: VerbProblem
  timeZone: string
}

export function ErasurePage(props: ErasureProps) {
  const { course, erasable, timeZone } = props
  const { name, state, size, keepers, withdrawnAt } = erasable
  return (
    <div class="wrap medium">
      <Breadcrumbs
        items={[
          { href: paths.adminCourses(), label: 'Courses' },
          { href: paths.adminCourse(course.id), label: course.title },
        ]}
      />
      <PageHeader title={name} lead={state} />
      <div class="stack">
        <dl class="details-list">
          <dt>{size[0]}</dt>
          <dd>{size[1]}</dd>
          <dt>Owned by</dt>
          <dd>{count(keepers, 'student')}</dd>
          {withdrawnAt ? (
            <>
              <dt>Withdrawn</dt>
              <dd>
                <When date={withdrawnAt} timeZone={timeZone} time />, by its instructor
              </dd>
            </>
          ) : null}
        </dl>
        <Erasure {...props} />
      </div>
    </div>
  )
}

export function Erasure({ erasable, confirmation, problem }: ErasureProps) {
  const { name, what, action, keepers } = erasable
  return (
    <Card title="Erase for good" id="erasure" danger>
      <p>
        Erasing removes {what} for {everyone(keepers)}. It cannot be undone. Do it only if the law requires
        it.
      </p>
      <VerbForm
        id="erase"
        action={action}
        button="Erase for good"
        kind="danger"
        confirm={`${name} will be erased for ${everyone(keepers)}.`}
        target="erasure"
        reasonHint="Kept on the audit page."
        {...{ confirmation, problem }}
      />
    </Card>
  )
}

const everyone = (keepers: number) =>
  keepers === 0
    ? 'everyone'
    : `everyone, including ${count(keepers, 'student')} who ${keepers === 1 ? 'owns' : 'own'} it`
