import type { Child } from 'hono/jsx'
import type { CoursePage } from '../../src/models/catalogue/course-page'
import { paths } from '../../src/paths'
import { count, duration } from '../../src/rules/format'
import { firstSentence, markdown } from '../../src/rules/markdown'
import { Breadcrumbs } from '../parts/breadcrumbs'
import { CourseCard } from '../parts/course-card'
import { Curriculum } from '../parts/curriculum'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Prose } from '../parts/prose'
import { CoursePrice } from './course-price'
import { CourseQuestions } from './course-questions'

export interface CourseViewProps {
  course: CoursePage
  /** One line for search results and shared links. */
  description: string
  origin: string
  siteName: string
  /** False where taking money is switched off. */
  canPay: boolean
}

/** Everything that helps to decide, with price and action always in reach. */
export function CourseView(props: CourseViewProps) {
  const { course } = props
  return (
    <div class="wrap">
      <SharedLink {...props} />
      <Breadcrumbs
        items={[
          { href: paths.courses(), label: 'Courses' },
          ...(course.category
            ? [{ href: paths.courses({ category: course.category.slug }), label: course.category.name }]
            : []),
        ]}
      />
      <div class="stack stack-large">
        <div class="split">
          <div class="stack stack-large">
            <State course={course} />
            <Head course={course} promise={firstSentence(course.description)} />
            <Outcomes outcomes={course.outcomes} />
            <Lessons course={course} />
            {course.description.trim() ? (
              <Section id="about" title="About this course">
                <Prose html={markdown(course.description)} />
              </Section>
            ) : null}
            <CourseQuestions isFree={course.pricePaise === 0} />
          </div>
          <CoursePrice course={course} canPay={props.canPay} />
        </div>
        <Related course={course} />
      </div>
    </div>
  )
}

function Head({ course, promise }: { course: CoursePage; promise: string }) {
  return (
    <header class="stack stack-small">
      <h1>{course.title}</h1>
      {promise ? <p class="lead soft measure">{promise}</p> : null}
      <p>
        Taught by <strong>{course.instructor}</strong>
      </p>
    </header>
  )
}

/** Why this page can be seen although the course is not on sale. */
function State({ course }: { course: CoursePage }) {
  if (course.isOnSale) return null
  return (
    <Notice kind="info">
      {course.user === 'buyer'
        ? 'This course is no longer on sale. It stays yours, with every lesson.'
        : 'This course is a draft or archived: only you and those who bought it see this page.'}
    </Notice>
  )
}

function Outcomes({ outcomes }: { outcomes: string[] }) {
  if (outcomes.length === 0) return null
  return (
    <Section id="outcomes" title="What you will learn">
      <ul class="outcomes">
        {outcomes.map((outcome) => (
          <li>
            <Icon name="check" />
            <span>{outcome}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Lessons({ course }: { course: CoursePage }) {
  const { chapters, user } = course
  const seconds = chapters.reduce((sum, chapter) => sum + (chapter.durationSeconds ?? 0), 0)
  const has = user !== 'visitor'
  return (
    <Section
      id="curriculum"
      title="Curriculum"
      aside={`${count(chapters.length, 'lesson')}${seconds > 0 ? ` · ${duration(seconds)}` : ''}`}
    >
      {chapters.length === 0 ? (
        <p class="soft">No lesson is published yet.</p>
      ) : (
        <Curriculum
          freeWord="Free preview"
          chapters={chapters.map((chapter) => ({
            href: paths.chapter(course.slug, chapter.id),
            title: chapter.title,
            durationSeconds: chapter.durationSeconds,
            free: chapter.isFree && !has,
            locked: !chapter.isFree && !has,
            completed: has && chapter.isCompleted,
          }))}
        />
      )}
    </Section>
  )
}

function Related({ course }: { course: CoursePage }) {
  if (course.related.length === 0) return null
  return (
    <section aria-labelledby="related">
      <div class="section-head">
        <h2 id="related">{course.category ? `More in ${course.category.name}` : 'Other courses'}</h2>
      </div>
      <ul class="grid">
        {course.related.map((other) => (
          <li>
            <CourseCard course={other} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string
  title: string
  aside?: string
  children: Child
}) {
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {aside ? <p class="soft label-size">{aside}</p> : null}
      </div>
      {children}
    </section>
  )
}

/** What other sites show when somebody shares this page. */
function SharedLink({ course, description, origin, siteName }: CourseViewProps) {
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={course.title} />
      <meta property="og:url" content={`${origin}${paths.course(course.slug)}`} />
      {description ? <meta property="og:description" content={description} /> : null}
      {course.imageUrl ? <meta property="og:image" content={course.imageUrl} /> : null}
      {course.isOnSale ? null : <meta name="robots" content="noindex" />}
    </>
  )
}
