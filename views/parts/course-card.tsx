import type { CourseSummary } from '../../src/models/catalogue/course-summary'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { CourseImage } from './course-image'
import { ProgressBar } from './progress'
import { Duration, Price } from './text'

const levels = { beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' }

interface CourseCardProps {
  course: CourseSummary
  href?: string
  heading?: 'h2' | 'h3'
}

export function CourseGrid({
  courses,
  href,
  heading,
}: {
  courses: CourseSummary[]
  href?: (slug: string) => string
  heading?: 'h2' | 'h3'
}) {
  return (
    <ul class="grid">
      {courses.map((course) => (
        <li>
          <CourseCard course={course} href={href?.(course.slug)} heading={heading} />
        </li>
      ))}
    </ul>
  )
}

export function CourseCard({ course, href, heading: Heading = 'h3' }: CourseCardProps) {
  const { title, categoryName, imageUrl, chapterCount, durationSeconds, level } = course
  return (
    <article class="course-card">
      <CourseImage title={title} categoryName={categoryName} imageUrl={imageUrl} />
      <div class="course-card-text">
        <Heading class="course-card-title">
          <a href={href ?? paths.course(course.slug)}>{title}</a>
        </Heading>
        <p class="label-size soft">{course.instructor}</p>
        <p class="small soft">
          {durationSeconds > 0 ? (
            <>
              <Duration seconds={durationSeconds} />
              {' · '}
            </>
          ) : null}
          {count(chapterCount, 'lesson')}
          {level ? ` · ${levels[level]}` : ''}
        </p>
      </div>
      <div class="course-card-foot">
        {course.owned ? (
          <>
            {chapterCount === 0 ? (
              <span class="small soft">No lessons yet</span>
            ) : (
              <ProgressBar percent={course.owned.percent} label={`Progress in ${title}`} />
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
