import type { Child } from 'hono/jsx'
import type { TeachChapter } from '../../src/models/teach/chapter'
import { paths } from '../../src/paths'
import { type ChapterNeed, chapterNeeds, needsInWords } from '../../src/rules/teach/publishing'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Badge } from '../parts/text'
import { type ChapterField, ChapterSetting, chapterFields } from './chapter-setting'
import { Checklist, Publication, PublicationBadge } from './course-state'
import { DeletionCard } from './deletion-card'

export interface ChapterPageProps {
  chapter: TeachChapter
  settings?: {
    values: Partial<Record<ChapterField, string>>
    errors: Partial<Record<ChapterField, string>>
  }
  /** It was to be published and is not whole. */
  isRefused?: boolean
  /** The course went off sale with this chapter. */
  courseUnpublished?: boolean
  /** All about its video. */
  children?: Child
}

/** Where one lesson is made. */
export function ChapterPage(props: ChapterPageProps) {
  const { chapter, settings, isRefused, courseUnpublished, children } = props
  const { course } = chapter
  return (
    <div class="wrap">
      <Breadcrumbs
        items={[
          { href: paths.teach(), label: 'Your courses' },
          { href: paths.teachCourse(course.id), label: course.title },
        ]}
      />
      <ChapterHead chapter={chapter} />
      <div class="teach-page">
        <aside class="teach-aside" aria-label="State">
          <ChapterState chapter={chapter} isRefused={isRefused} courseUnpublished={courseUnpublished} />
        </aside>
        <div class="stack teach-main">
          <Card title="About the chapter">
            {chapterFields.map((field) => (
              <ChapterSetting
                {...{ chapter, field }}
                typed={settings?.values[field]}
                error={settings?.errors[field]}
              />
            ))}
          </Card>
          <Card title="Video">{children}</Card>
          <Deletion chapter={chapter} />
        </div>
      </div>
    </div>
  )
}

function ChapterHead({ chapter }: Pick<ChapterPageProps, 'chapter'>) {
  return (
    <div id="chapter-head">
      <PageHeader
        title={chapter.title}
        lead={
          <span class="cluster label-size">
            <PublicationBadge isPublished={chapter.isPublished} />
            {chapter.isFree ? <Badge kind="accent">Free preview</Badge> : null}
          </span>
        }
      >
        <ButtonLink href={paths.chapter(chapter.course.slug, chapter.id)}>
          <Icon name="eye" />
          Preview as a student
        </ButtonLink>
      </PageHeader>
    </div>
  )
}

const needs: Record<ChapterNeed, { label: string; control: string }> = {
  title: { label: 'Title', control: 'title' },
  description: { label: 'Description', control: 'description' },
  video: { label: 'Video', control: 'video' },
}

/** What is there and what is missing, and whether students see it; asks again when its video has changed. */
export function ChapterState(props: Pick<ChapterPageProps, 'chapter' | 'isRefused' | 'courseUnpublished'>) {
  const { chapter, isRefused, courseUnpublished } = props
  const { id, course, isPublished, missing } = chapter
  return (
    <section
      class="card"
      id="chapter-state"
      aria-labelledby="chapter-state-title"
      hx-get={paths.teachChapter(course.id, id)}
      hx-trigger="video-shown from:document"
      hx-swap="outerHTML"
    >
      <h2 id="chapter-state-title">{isPublished ? 'Published' : 'Before students see it'}</h2>
      <Checklist items={chapterNeeds.map((need) => ({ ...needs[need], isDone: !missing.includes(need) }))} />
      {isRefused && missing.length > 0 ? (
        <Notice kind="error">This chapter still needs {needsInWords(missing)}.</Notice>
      ) : null}
      {courseUnpublished ? <Notice kind="info">{withdrawn}</Notice> : null}
      <Publication
        isPublished={isPublished}
        target="#chapter-state"
        publish={paths.teachChapterPublication(course.id, id)}
        unpublish={paths.teachChapterPublicationDelete(course.id, id)}
        warning="Students do not see this chapter any more. If it is the last published one, the course goes off sale with it."
      />
    </section>
  )
}

export const withdrawn =
  'It was the last published chapter, so the course is unpublished, too. Students who have the course keep it.'

/** The head anew, beside whatever else changed. */
export const ChapterUpdates = ({ chapter }: Pick<ChapterPageProps, 'chapter'>) => (
  <hx-partial hx-target="#chapter-head" hx-swap="outerHTML">
    <ChapterHead chapter={chapter} />
  </hx-partial>
)

function Deletion({ chapter }: Pick<ChapterPageProps, 'chapter'>) {
  const action = paths.teachChapterDelete(chapter.course.id, chapter.id)
  const words = 'It goes away with its video, for students who have the course, too.'
  return <DeletionCard title="Delete this chapter" action={action} words={words} />
}
