import type { Child } from 'hono/jsx'
import type { CoursePage } from '../../src/models/catalogue/course-page'
import { paths } from '../../src/paths'
import { count, duration } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { CoursePicture } from '../parts/course-image'
import type { IconName } from '../parts/icons'
import { PricePanel } from '../parts/price-panel'

/** Price and the one action for this person, with what the price includes. */
export function CoursePrice({ course, canPay }: { course: CoursePage; canPay: boolean }) {
  const { title, category, imageUrl, pricePaise, user, percent } = course
  return (
    <PricePanel
      pricePaise={pricePaise}
      owned={user === 'buyer' ? { percent } : null}
      picture={
        <CoursePicture title={title} categoryName={category?.name ?? null} imageUrl={imageUrl} eager />
      }
      facts={facts(course)}
      note={note(course, canPay)}
    >
      <Action course={course} canPay={canPay} />
    </PricePanel>
  )
}

function Action({ course, canPay }: { course: CoursePage; canPay: boolean }) {
  const { slug, user, pricePaise } = course
  if (user === 'buyer') {
    return (
      <ButtonLink href={paths.learn(slug)} kind="primary" large wide>
        Continue learning
      </ButtonLink>
    )
  }
  if (user === 'instructor') {
    return (
      <ButtonLink href={paths.teachCourse(course.id)} large wide>
        Edit course
      </ButtonLink>
    )
  }
  if (!canBuy(course, canPay)) return <p class="label-size">This course cannot be bought right now.</p>
  return (
    <form method="post" action={paths.buy(slug)}>
      <Button kind="primary" large wide>
        {pricePaise === 0 ? 'Join for free' : 'Buy course'}
      </Button>
    </form>
  )
}

const canBuy = ({ pricePaise }: CoursePage, canPay: boolean) =>
  pricePaise === 0 || (pricePaise !== null && canPay)

function note(course: CoursePage, canPay: boolean): Child {
  if (course.user === 'instructor') return 'You teach this course.'
  if (course.user === 'buyer') return null
  if (!canBuy(course, canPay))
    return 'Payments are being set up. The free previews are open, and the rest will be soon.'
  if (course.pricePaise === 0) return 'No card needed.'
  return (
    <>
      One payment, no subscription. A refund goes back the way you paid and ends access;{' '}
      <a href="#refunds">how refunds work</a>.
    </>
  )
}

const levels = {
  beginner: 'For beginners',
  intermediate: 'For those who know the basics',
  advanced: 'For the experienced',
}

function facts({ chapters, level, user }: CoursePage): { icon: IconName; text: Child }[] {
  const seconds = chapters.reduce((sum, chapter) => sum + (chapter.durationSeconds ?? 0), 0)
  const previews = chapters.filter((chapter) => chapter.isFree).length
  const lines: { icon: IconName; text: Child }[] = [
    {
      icon: 'lessons',
      text: `${count(chapters.length, 'lesson')}${seconds > 0 ? `, ${duration(seconds)}` : ''}`,
    },
  ]
  if (level) lines.push({ icon: 'level', text: levels[level] })
  if (previews > 0 && user === 'visitor')
    lines.push({ icon: 'eye', text: `${count(previews, 'free preview')} to watch now` })
  lines.push({ icon: 'infinity', text: 'Yours to keep, at your own pace' })
  return lines
}
