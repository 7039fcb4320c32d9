import type { Child } from 'hono/jsx'
import type { CoursePage } from '../../src/models/catalogue/course-page'
import { paths } from '../../src/paths'
import { count, courseSize } from '../../src/rules/format'
import { mayBuy } from '../../src/rules/purchases/purchase'
import { ButtonLink } from '../parts/button'
import { BuyForm } from '../parts/buy-form'
import { CourseImage } from '../parts/course-image'
import { Icon, type IconName } from '../parts/icon'
import { ProgressBar } from '../parts/progress'
import { Price } from '../parts/text'

interface Props {
  course: CoursePage
  canPay: boolean
}

export function CoursePrice({ course, canPay }: Props) {
  const { title, category, imageUrl, pricePaise, isPurchased, percent } = course
  const text = note(course, canPay)
  return (
    <aside class="price-panel" aria-label="Price">
      <CourseImage title={title} categoryName={category?.name ?? null} imageUrl={imageUrl} eager />
      <div class="price-panel-buy">
        {isPurchased ? <ProgressBar percent={percent} label="Your progress" /> : <Price paise={pricePaise} />}
        <Action course={course} canPay={canPay} />
      </div>
      <ul class="facts">
        {facts(course).map(({ icon, text }) => (
          <li>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {text ? <p class="price-panel-note">{text}</p> : null}
    </aside>
  )
}

function Action({ course, canPay }: Props) {
  if (course.isPurchased) {
    return (
      <ButtonLink href={paths.learn(course.slug)} kind="primary" large wide>
        Continue learning
      </ButtonLink>
    )
  }
  if (course.isOwner) {
    return (
      <ButtonLink href={paths.teachCourse(course.id)} large wide>
        Edit course
      </ButtonLink>
    )
  }
  return <BuyForm course={course} canPay={canPay} large />
}

function note(course: CoursePage, canPay: boolean): Child {
  const { isPurchased, isOwner, pricePaise, chapters } = course
  if (isPurchased) return null
  if (isOwner) return 'You teach this course.'
  if (!mayBuy(course, canPay)) {
    const hasPreviews = chapters.some(({ isFree }) => isFree)
    const reason = pricePaise === null ? 'It has no price yet.' : 'This site does not take payments yet.'
    return hasPreviews ? `${reason} You can still watch the free previews.` : reason
  }
  if (pricePaise === 0) return 'No card needed.'
  return (
    <>
      One payment, no subscription. Refunds go back the way you paid and end your access:{' '}
      <a href="#refunds">how refunds work</a>.
    </>
  )
}

const levels = {
  beginner: 'For beginners',
  intermediate: 'For people who know the basics',
  advanced: 'For experienced learners',
}

function facts({ chapters, level, isOwner, isPurchased }: CoursePage): { icon: IconName; text: string }[] {
  const previews = chapters.filter(({ isFree }) => isFree).length
  return [
    { icon: 'lessons' as const, text: courseSize(chapters, ', ') },
    ...(level ? [{ icon: 'level' as const, text: levels[level] }] : []),
    ...(previews > 0 && !isOwner && !isPurchased
      ? [{ icon: 'eye' as const, text: `${count(previews, 'free preview')} to watch now` }]
      : []),
    { icon: 'infinity' as const, text: 'Yours to keep, at your own pace' },
  ]
}
