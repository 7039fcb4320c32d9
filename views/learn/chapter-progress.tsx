import type { LockedChapter, OpenChapter } from '../../src/models/learn/chapter'
import type { CourseChapter } from '../../src/models/learn/course-content'
import { paths } from '../../src/paths'
import { percentOf } from '../../src/rules/learn/progress'
import { Button, ButtonLink } from '../parts/button'
import { Curriculum } from '../parts/curriculum'
import { Icon } from '../parts/icon'
import { ProgressBar } from '../parts/progress'

export interface ChapterProgressProps {
  chapter: OpenChapter | LockedChapter
  chapters: CourseChapter[]
}

export const chapterAfter = (chapters: CourseChapter[], chapterId: string): CourseChapter | null =>
  chapters[chapters.findIndex(({ id }) => id === chapterId) + 1] ?? null

const hasCourse = ({ access }: OpenChapter | LockedChapter) => access === 'owner' || access === 'buyer'

export function ChapterProgress({ chapter, chapters }: ChapterProgressProps) {
  const { course, id } = chapter
  const next = chapterAfter(chapters, id)
  return (
    <div id="chapter-progress" class="chapter-bar">
      {hasCourse(chapter) ? <CourseProgress title={course.title} chapters={chapters} /> : null}
      <div class="cluster">
        {hasCourse(chapter) ? <CompletionForm chapter={chapter} chapters={chapters} /> : null}
        {next ? (
          <ButtonLink
            href={paths.chapter(course.slug, next.id)}
            kind={hasCourse(chapter) ? 'primary' : 'secondary'}
            data-next
          >
            Next lesson
            <Icon name="arrow-right" />
          </ButtonLink>
        ) : null}
      </div>
    </div>
  )
}

function CourseProgress({ title, chapters }: { title: string; chapters: CourseChapter[] }) {
  const published = chapters.filter(({ isPublished }) => isPublished)
  if (published.length === 0) return <p class="small soft">No lessons yet</p>
  const completed = published.filter(({ isCompleted }) => isCompleted).length
  return <ProgressBar percent={percentOf(completed, published.length)} label={`Progress in ${title}`} />
}

function CompletionForm({ chapter, chapters }: ChapterProgressProps) {
  const isCompleted = chapters.find(({ id }) => id === chapter.id)?.isCompleted ?? false
  const action = paths.chapterProgress(chapter.course.slug, chapter.id)
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target="#chapter-progress"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      data-completion={isCompleted ? 'done' : 'open'}
    >
      {isCompleted ? null : <input type="hidden" name="completed" value="on" />}
      <Button id="mark">
        {isCompleted ? (
          'Mark as not complete'
        ) : (
          <>
            <Icon name="check" />
            Mark as complete
          </>
        )}
      </Button>
    </form>
  )
}

export function ChapterCurriculum({ chapter, chapters }: ChapterProgressProps) {
  const isOpen = hasCourse(chapter)
  return (
    <Curriculum
      id="chapter-curriculum"
      chapters={chapters.map((each) => ({
        href: paths.chapter(chapter.course.slug, each.id),
        title: titleOf(each),
        durationSeconds: each.durationSeconds,
        free: each.isFree && !isOpen,
        locked: !each.isFree && !isOpen,
        completed: each.isCompleted,
        current: each.id === chapter.id,
      }))}
    />
  )
}

function titleOf({ title, isPublished, withdrawnAt }: CourseChapter): string {
  if (isPublished) return title
  return withdrawnAt ? `${title} (withdrawn by the instructor)` : `${title} (draft)`
}

export function ProgressChange(props: ChapterProgressProps) {
  return (
    <>
      <ChapterProgress {...props} />
      <hx-partial hx-target="#chapter-curriculum" hx-swap="outerHTML">
        <ChapterCurriculum {...props} />
      </hx-partial>
    </>
  )
}
