import type { CourseCard as Card } from '../../src/models/catalogue/course-summary'
import type { Continuation } from '../../src/models/learn/learning'
import { paths } from '../../src/paths'
import { duration } from '../../src/rules/format'
import { ButtonLink } from '../parts/button'
import { CourseCard } from '../parts/course-card'
import { CoursePicture } from '../parts/course-image'
import { EmptyState } from '../parts/empty-state'
import { PageHeader } from '../parts/page-header'

interface Props {
  courses: Card[]
  next: Continuation | null
}

/** What somebody learns: where they go on, then every course. */
export function LearningPage({ courses, next }: Props) {
  return (
    <div class="wrap">
      <PageHeader title="Learning" />
      {courses.length === 0 ? (
        <EmptyState
          title="No courses yet"
          text="Courses that you buy or join wait for you here, and remember where you stopped."
        >
          <ButtonLink kind="primary" href={paths.courses()}>
            Browse courses
          </ButtonLink>
        </EmptyState>
      ) : (
        <div class="stack stack-large">
          {next ? <Continue {...next} /> : null}
          <section aria-labelledby="my-courses">
            <div class="section-head">
              <h2 id="my-courses">My courses</h2>
            </div>
            <ul class="grid">
              {courses.map((course) => (
                <li>
                  <CourseCard course={course} href={paths.learn(course.slug)} />
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </div>
  )
}

function Continue({ course, lesson }: Continuation) {
  const isDone = course.owned?.percent === 100
  return (
    <section class="card course-row" aria-labelledby="continue">
      <CoursePicture
        title={course.title}
        categoryName={course.categoryName}
        imageUrl={course.imageUrl}
        eager
      />
      <div class="stack stack-small">
        <p class="eyebrow">{course.title}</p>
        <h2 id="continue">{lesson.title}</h2>
        <p class="soft">{where(isDone, lesson.positionSeconds)}</p>
      </div>
      <ButtonLink kind="primary" large href={paths.chapter(course.slug, lesson.id)}>
        {isDone ? 'Watch again' : 'Continue learning'}
      </ButtonLink>
    </section>
  )
}

function where(isDone: boolean, seconds: number): string {
  if (isDone) return 'You have completed this course.'
  return seconds > 0 ? `You stopped at ${duration(seconds)}.` : 'From the beginning of this lesson.'
}
