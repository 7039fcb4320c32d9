import type { CourseSummary } from '../../src/models/catalogue/course-summary'
import type { Continuation } from '../../src/models/learn/learning'
import { paths } from '../../src/paths'
import { duration } from '../../src/rules/format'
import { ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { CourseGrid } from '../parts/course-card'
import { CourseImage } from '../parts/course-image'
import { PageHeader, Section } from '../parts/page-header'

interface Props {
  courses: CourseSummary[]
  next: Continuation | null
}

export function LearningPage({ courses, next }: Props) {
  return (
    <div class="wrap">
      <PageHeader title="Learning" />
      {courses.length === 0 ? (
        <EmptyState
          title="No courses yet"
          text="Courses you buy or join appear here, and remember where you left off."
        >
          <ButtonLink kind="primary" href={paths.courses()}>
            Browse courses
          </ButtonLink>
        </EmptyState>
      ) : (
        <div class="stack stack-large">
          {next ? <Continue {...next} /> : null}
          <Section id="my-courses" title="My courses">
            <CourseGrid courses={courses} href={paths.learn} />
          </Section>
        </div>
      )}
    </div>
  )
}

function Continue({ course, chapter }: Continuation) {
  const isDone = course.owned?.percent === 100
  return (
    <section class="card course-row" aria-labelledby="continue">
      <CourseImage title={course.title} categoryName={course.categoryName} imageUrl={course.imageUrl} eager />
      <div class="stack stack-small">
        <p class="eyebrow">{course.title}</p>
        <h2 id="continue">{chapter.title}</h2>
        <p class="soft">{positionText(isDone, chapter.positionSeconds)}</p>
      </div>
      <ButtonLink kind="primary" large href={paths.chapter(course.slug, chapter.id)}>
        {isDone ? 'Watch again' : 'Continue learning'}
      </ButtonLink>
    </section>
  )
}

function positionText(isDone: boolean, seconds: number): string {
  if (isDone) return 'You have completed this course.'
  return seconds > 0 ? `You left off at ${duration(seconds)}.` : 'Starts from the beginning.'
}
