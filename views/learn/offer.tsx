import type { CurriculumLesson, LockedLesson, OpenLesson } from '../../src/models/learn/chapter'
import { paths } from '../../src/paths'
import { count, duration } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Price } from '../parts/price'

interface OfferProps {
  lesson: OpenLesson | LockedLesson
  lessons: CurriculumLesson[]
  /** What follows a preview. */
  next: CurriculumLesson | null
  canPay: boolean
}

/** What the course costs and the one step to it, where a lesson is a preview or locked. */
export function Offer({ lesson, lessons, next, canPay }: OfferProps) {
  const { course, access } = lesson
  const seconds = lessons.reduce((sum, each) => sum + (each.durationSeconds ?? 0), 0)
  const size = `${count(lessons.length, 'lesson')}${seconds > 0 ? `, ${duration(seconds)}` : ''}`
  return (
    <Card title={access === 'locked' ? 'Watch the whole course' : 'This is a free preview'}>
      <div class="stack stack-small">
        <p>
          {next ? `Next comes “${next.title}”. ` : ''}
          {access === 'locked' && lesson.durationSeconds
            ? `This lesson takes ${duration(lesson.durationSeconds)}. `
            : ''}
          {course.title} has {size}, and stays yours.
        </p>
        <p class="lead">
          <Price paise={course.pricePaise} />
        </p>
        <div class="cluster">
          <Purchase slug={course.slug} pricePaise={course.pricePaise} canPay={canPay} />
          <ButtonLink href={paths.course(course.slug)} kind="quiet">
            About the course
          </ButtonLink>
        </div>
      </div>
    </Card>
  )
}

function Purchase({
  slug,
  pricePaise,
  canPay,
}: {
  slug: string
  pricePaise: number | null
  canPay: boolean
}) {
  if (pricePaise === null || (pricePaise > 0 && !canPay))
    return <p>This course cannot be bought right now.</p>
  return (
    <form method="post" action={paths.buy(slug)}>
      <Button kind="primary">{pricePaise === 0 ? 'Join for free' : 'Buy course'}</Button>
    </form>
  )
}
