import type { CurriculumLesson, LessonCourse } from '../../src/models/learn/chapter'
import { paths } from '../../src/paths'
import { percentOf } from '../../src/rules/learn/progress'
import { Button, ButtonLink } from '../parts/button'
import { Curriculum } from '../parts/curriculum'
import { Icon } from '../parts/icon'
import { ProgressBar } from '../parts/progress-bar'

export interface LessonProgressProps {
  course: LessonCourse
  chapterId: string
  access: 'owner' | 'buyer' | 'preview' | 'locked'
  lessons: CurriculumLesson[]
}

/** How much of a course is done, in percent; null while it has no lessons. */
export function percentDone(lessons: CurriculumLesson[]): number | null {
  const published = lessons.filter((lesson) => lesson.isPublished)
  if (published.length === 0) return null
  return percentOf(published.filter((lesson) => lesson.isCompleted).length, published.length)
}

/** What follows a chapter; null after the last. */
export const lessonAfter = (lessons: CurriculumLesson[], chapterId: string): CurriculumLesson | null =>
  lessons[lessons.findIndex(({ id }) => id === chapterId) + 1] ?? null

/** The part that changes when a lesson is done: how much is done, the button, the way on. */
export function LessonProgress({ course, chapterId, access, lessons }: LessonProgressProps) {
  const keeps = access === 'owner' || access === 'buyer'
  const percent = percentDone(lessons)
  const next = lessonAfter(lessons, chapterId)
  return (
    <div id="lesson-progress" class="lesson-bar">
      {!keeps ? null : percent === null ? (
        <p class="small soft">No lessons yet</p>
      ) : (
        <ProgressBar percent={percent} label={`Progress in ${course.title}`} />
      )}
      <div class="cluster">
        {keeps ? <CompletionForm course={course} chapterId={chapterId} lessons={lessons} /> : null}
        {next ? (
          <ButtonLink
            href={paths.chapter(course.slug, next.id)}
            kind={keeps ? 'primary' : 'secondary'}
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

function CompletionForm({ course, chapterId, lessons }: Omit<LessonProgressProps, 'access'>) {
  const isDone = lessons.find(({ id }) => id === chapterId)?.isCompleted ?? false
  const address = paths.chapterProgress(course.slug, chapterId)
  return (
    <form
      method="post"
      action={address}
      hx-post={address}
      hx-target="#lesson-progress"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      data-completion={isDone ? 'done' : 'open'}
    >
      {isDone ? null : <input type="hidden" name="completed" value="on" />}
      <Button id="mark">
        {isDone ? (
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

/** The way through the course; its ticks change with the part above. */
export function LessonCurriculum({ course, chapterId, access, lessons }: LessonProgressProps) {
  const has = access === 'owner' || access === 'buyer'
  return (
    <Curriculum
      id="lesson-curriculum"
      chapters={lessons.map((lesson) => ({
        href: paths.chapter(course.slug, lesson.id),
        title: lesson.isPublished ? lesson.title : `${lesson.title} (draft)`,
        durationSeconds: lesson.durationSeconds,
        free: lesson.isFree && !has,
        locked: !lesson.isFree && !has,
        completed: lesson.isCompleted,
        current: lesson.id === chapterId,
      }))}
    />
  )
}

/** Both places at once, as htmx gets them. */
export function ProgressChange(props: LessonProgressProps) {
  return (
    <>
      <LessonProgress {...props} />
      <hx-partial hx-target="#lesson-curriculum" hx-swap="outerHTML">
        <LessonCurriculum {...props} />
      </hx-partial>
    </>
  )
}
