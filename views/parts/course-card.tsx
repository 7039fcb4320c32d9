import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { CoursePicture } from './course-image'
import { Duration } from './duration'
import { Price } from './price'
import { ProgressBar } from './progress-bar'

export interface CourseCardCourse {
  title: string
  slug: string
  instructor: string
  imageUrl: string | null
  categoryName: string | null
  lessonCount: number
  durationSeconds: number
  pricePaise: number | null
  level: 'beginner' | 'intermediate' | 'advanced' | null
  /** Set for who owns it: shows "Owned" and the progress instead of the price. */
  owned?: { percent: number } | null
}

export interface CourseCardProps {
  course: CourseCardCourse
  /** By default the course page; `/learning` leads to the lesson where one stopped. */
  href?: string
  /** The heading level that fits the page. */
  heading?: 'h2' | 'h3'
}

const levels = { beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' }

/** A course on a shelf; the whole card is one link. Stands in an `<li>` of `<ul class="grid">`. */
export function CourseCard({ course, href, heading: Heading = 'h3' }: CourseCardProps) {
  return (
    <article class="course-card">
      <CoursePicture title={course.title} categoryName={course.categoryName} imageUrl={course.imageUrl} />
      <div class="course-card-text">
        <Heading class="course-card-title">
          <a href={href ?? paths.course(course.slug)}>{course.title}</a>
        </Heading>
        <p class="label-size soft">{course.instructor}</p>
        <p class="small soft">
          {course.durationSeconds > 0 ? (
            <>
              <Duration seconds={course.durationSeconds} />
              {' · '}
            </>
          ) : null}
          {count(course.lessonCount, 'lesson')}
          {course.level ? ` · ${levels[course.level]}` : ''}
        </p>
      </div>
      <div class="course-card-foot">
        {course.owned ? (
          <>
            {course.lessonCount === 0 ? (
              <span class="small soft">No lessons yet</span>
            ) : (
              <ProgressBar percent={course.owned.percent} label={`Progress in ${course.title}`} />
            )}
            <span class="badge badge-success">Owned</span>
          </>
        ) : (
          <Price paise={course.pricePaise} />
        )}
      </div>
    </article>
  )
}
