import type { Child } from 'hono/jsx'
import type { TeachChapter } from '../../src/models/teach/chapter'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { type ChapterNeed, chapterNeeds, needsInWords } from '../../src/rules/teach/publishing'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Icon } from '../parts/icon'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { Badge } from '../parts/text'
import { DeletionCard } from './deletion-card'
import { PublicationBadge, PublicationCard } from './publication'
import { Setting } from './setting'

export const chapterFields = ['title', 'description', 'isFree'] as const
export type ChapterField = (typeof chapterFields)[number]

export interface ChapterPageProps {
  chapter: TeachChapter
  settings?: {
    values: Partial<Record<ChapterField, string>>
    errors: Partial<Record<ChapterField, string>>
  }
  isRefused?: boolean
  courseUnpublished?: boolean
  children?: Child
}

export function ChapterPage(props: ChapterPageProps) {
  const { chapter, settings, children } = props
  const { id, course } = chapter
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
          <ChapterState {...props} />
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
          <DeletionCard
            title="Delete this chapter"
            action={paths.teachChapterDelete(course.id, id)}
            consequences="Students who own the course keep it, marked as withdrawn. Where nobody does, it is deleted with its video."
          />
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
            <PublicationBadge isPublished={chapter.isPublished} isWithdrawn={chapter.withdrawnAt !== null} />
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

interface ChapterSettingProps {
  chapter: TeachChapter
  field: ChapterField
  typed?: string
  error?: string
  isSaved?: boolean
}

export function ChapterSetting({ chapter, field, ...state }: ChapterSettingProps) {
  const content = {
    title: { value: chapter.title },
    description: {
      value: chapter.description ?? '',
      hint: 'Shown below the video: notes, links, code. Markdown makes headings, lists and links.',
    },
    isFree: {
      value: chapter.isFree ? 'on' : 'off',
      hint: 'Everyone can watch this chapter, signed in or not.',
    },
  }
  const action = paths.teachChapter(chapter.course.id, chapter.id)
  return <Setting {...state} {...content[field]} name={field} action={action} />
}

const needs: Record<ChapterNeed, { label: string; control: string }> = {
  title: { label: 'Title', control: 'title' },
  description: { label: 'Description', control: 'description' },
  video: { label: 'Video', control: 'video' },
}

export function ChapterState({ chapter, isRefused, courseUnpublished }: ChapterPageProps) {
  const { id, course, isPublished, missing } = chapter
  return (
    <PublicationCard
      id="chapter-state"
      title={isPublished ? 'Published' : 'Before students see it'}
      needs={chapterNeeds.map((need) => ({ ...needs[need], isDone: !missing.includes(need) }))}
      isPublished={isPublished}
      publish={paths.teachChapterPublication(course.id, id)}
      unpublish={paths.teachChapterPublicationDelete(course.id, id)}
      warning="Students who own the course keep this chapter, marked as withdrawn; nobody else sees it any more. If it is the last published one, the course goes off sale, too."
      error={
        isRefused && missing.length > 0 ? `This chapter still needs ${needsInWords(missing)}.` : undefined
      }
      note={courseUnpublished ? courseUnpublishedText : undefined}
      reload={paths.teachChapter(course.id, id)}
    />
  )
}

export const keptText = (keepers: number): string =>
  `${count(keepers, 'student keeps', 'students keep')} it, marked as withdrawn.`

export const courseUnpublishedText =
  'It was the last published chapter, so the course is unpublished, too. Students who have the course keep it.'

export const ChapterUpdates = ({ chapter }: Pick<ChapterPageProps, 'chapter'>) => (
  <hx-partial hx-target="#chapter-head" hx-swap="outerHTML">
    <ChapterHead chapter={chapter} />
  </hx-partial>
)
