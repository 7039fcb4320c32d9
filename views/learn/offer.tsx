import type { LockedChapter, OpenChapter } from '../../src/models/learn/chapter'
import type { CourseChapter } from '../../src/models/learn/course-content'
import { paths } from '../../src/paths'
import { courseSize, duration } from '../../src/rules/format'
import { ButtonLink } from '../parts/button'
import { BuyForm } from '../parts/buy-form'
import { Card } from '../parts/card'
import { Price } from '../parts/text'

interface OfferProps {
  chapter: OpenChapter | LockedChapter
  chapters: CourseChapter[]
  next: CourseChapter | null
  canPay: boolean
}

export function Offer({ chapter, chapters, next, canPay }: OfferProps) {
  const { course, access } = chapter
  return (
    <Card title={access === 'locked' ? 'Watch the whole course' : 'This is a free preview'}>
      <div class="stack stack-small">
        <p>
          {next ? `The next lesson is “${next.title}”. ` : ''}
          {access === 'locked' && chapter.durationSeconds
            ? `This lesson takes ${duration(chapter.durationSeconds)}. `
            : ''}
          {course.title} has {courseSize(chapters, ', ')}, and is yours to keep.
        </p>
        <p class="lead">
          <Price paise={course.pricePaise} />
        </p>
        <div class="cluster">
          <BuyForm course={course} canPay={canPay} />
          <ButtonLink href={paths.course(course.slug)} kind="quiet">
            About the course
          </ButtonLink>
        </div>
      </div>
    </Card>
  )
}
