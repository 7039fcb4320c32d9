import type { CoursePage } from '../../src/models/catalogue/course-page'
import { paths } from '../../src/paths'
import { courseSize } from '../../src/rules/format'
import { firstSentence, markdown } from '../../src/rules/markdown'
import type { RefundTerms } from '../../src/rules/purchases/refund-rule'
import { CourseGrid } from '../parts/course-card'
import { Curriculum } from '../parts/curriculum'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Breadcrumbs, Section } from '../parts/page-header'
import { Prose } from '../parts/text'
import { CoursePrice } from './course-price'
import { CourseQuestions } from './course-questions'

interface CourseViewProps {
  course: CoursePage
  description: string
  origin: string
  siteName: string
  canPay: boolean
  terms: RefundTerms
}

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
            <OffSaleNotice course={course} />
            <Head course={course} summary={firstSentence(course.description)} />
            <Outcomes outcomes={course.outcomes} />
            <Lessons course={course} />
            {course.description.trim() ? (
              <Section id="about" title="About this course">
                <Prose html={markdown(course.description)} />
              </Section>
            ) : null}
            <CourseQuestions isFree={course.pricePaise === 0} terms={props.terms} />
          </div>
          <CoursePrice course={course} canPay={props.canPay} />
        </div>
        <Related course={course} />
      </div>
    </div>
  )
}

function Head({ course, summary }: { course: CoursePage; summary: string }) {
  return (
    <header class="stack stack-small">
      <h1>{course.title}</h1>
      {summary ? <p class="lead soft measure">{summary}</p> : null}
      <p>
        Taught by <strong>{course.instructor}</strong>
      </p>
    </header>
  )
}

function OffSaleNotice({ course }: { course: CoursePage }) {
  if (course.isOnSale) return null
  return (
    <Notice kind="info">
      {course.isPurchased
        ? 'This course is no longer on sale. You keep it, with every lesson.'
        : 'This course is a draft or archived. Only you and people who bought it can see this page.'}
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
  const { chapters, isOwner, isPurchased } = course
  const hasAccess = isOwner || isPurchased
  return (
    <Section
      id="curriculum"
      title="Curriculum"
      aside={<p class="soft label-size">{courseSize(chapters, ' · ')}</p>}
    >
      {chapters.length === 0 ? (
        <p class="soft">No lessons are published yet.</p>
      ) : (
        <Curriculum
          freeWord="Free preview"
          chapters={chapters.map((chapter) => ({
            href: paths.chapter(course.slug, chapter.id),
            title: chapter.title,
            durationSeconds: chapter.durationSeconds,
            free: chapter.isFree && !hasAccess,
            locked: !chapter.isFree && !hasAccess,
            completed: hasAccess && chapter.isCompleted,
          }))}
        />
      )}
    </Section>
  )
}

function Related({ course }: { course: CoursePage }) {
  if (course.related.length === 0) return null
  return (
    <Section id="related" title={course.category ? `More in ${course.category.name}` : 'Other courses'}>
      <CourseGrid courses={course.related} />
    </Section>
  )
}

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
