import type { Child } from 'hono/jsx'
import type { LockedChapter, OpenChapter } from '../../src/models/learn/chapter'
import type { CourseAttachment } from '../../src/models/learn/course-content'
import { paths } from '../../src/paths'
import { count, fileSize } from '../../src/rules/format'
import { markdown } from '../../src/rules/markdown'
import { Icon } from '../parts/icon'
import { Section } from '../parts/page-header'
import { PlayerMessage } from '../parts/player-message'
import { Prose } from '../parts/text'
import {
  ChapterCurriculum,
  ChapterProgress,
  type ChapterProgressProps,
  chapterAfter,
} from './chapter-progress'
import { Offer } from './offer'
import { type ChapterPlayer, Player } from './player'
import { Shortcuts } from './shortcuts'

interface ChapterPageProps extends ChapterProgressProps {
  chapter: OpenChapter
  attachments: CourseAttachment[]
  player: ChapterPlayer | null
  isSignedIn: boolean
  canPay: boolean
}

export function ChapterPage(props: ChapterPageProps) {
  const { chapter, chapters, attachments, player, isSignedIn, canPay } = props
  const { course, description, access } = chapter
  const next = chapterAfter(chapters, chapter.id)
  return (
    <ChapterLayout chapter={chapter} chapters={chapters}>
      <Player
        slug={course.slug}
        chapterId={chapter.id}
        player={player}
        reason={chapter.video ? 'This site cannot play videos right now.' : 'This lesson has no video yet.'}
        keepsPosition={isSignedIn}
      />
      <div data-ended role="status" hidden>
        {next ? (
          <p>
            You have reached the end. Next: <a href={paths.chapter(course.slug, next.id)}>{next.title}</a>
          </p>
        ) : (
          <p>That was the last lesson of this course.</p>
        )}
      </div>
      <Head chapter={chapter} />
      <ChapterProgress chapter={chapter} chapters={chapters} />
      {access === 'preview' ? (
        <Offer chapter={chapter} chapters={chapters} next={next} canPay={canPay} />
      ) : null}
      {description?.trim() ? (
        <section aria-labelledby="about">
          <h2 id="about" class="visually-hidden">
            About this lesson
          </h2>
          <Prose html={markdown(description)} />
        </section>
      ) : null}
      <Files slug={course.slug} attachments={attachments} />
      <Shortcuts hasPlayer={player !== null} />
    </ChapterLayout>
  )
}

interface LockedPageProps extends ChapterProgressProps {
  chapter: LockedChapter
  canPay: boolean
}

export function LockedPage({ chapter, chapters, canPay }: LockedPageProps) {
  return (
    <ChapterLayout chapter={chapter} chapters={chapters}>
      <PlayerMessage icon="lock">This lesson is part of the course.</PlayerMessage>
      <Head chapter={chapter} />
      <Offer chapter={chapter} chapters={chapters} next={null} canPay={canPay} />
    </ChapterLayout>
  )
}

function ChapterLayout({ chapter, chapters, children }: ChapterProgressProps & { children: Child }) {
  return (
    <div class="wrap chapter-page">
      <div class="chapter-layout">
        <div class="chapter-main">{children}</div>
        <details class="chapter-side">
          <summary>
            {count(chapters.length, 'lesson')} in this course
            <Icon name="chevron-down" />
          </summary>
          <nav aria-label="Lessons of this course">
            <ChapterCurriculum chapter={chapter} chapters={chapters} />
          </nav>
        </details>
      </div>
    </div>
  )
}

function Head({ chapter: { course, title } }: Pick<ChapterProgressProps, 'chapter'>) {
  return (
    <div>
      <p class="eyebrow">
        <a href={paths.course(course.slug)}>{course.title}</a>
      </p>
      <h1>{title}</h1>
    </div>
  )
}

function Files({ slug, attachments }: { slug: string; attachments: CourseAttachment[] }) {
  if (attachments.length === 0) return null
  return (
    <Section id="files" title="Files">
      <ul class="files">
        {attachments.map(({ id, name, sizeBytes, withdrawnAt }) => (
          <li>
            <a href={paths.attachment(slug, id)}>
              <Icon name="download" />
              <span>{withdrawnAt ? `${name} (withdrawn by the instructor)` : name}</span>
              <span class="push soft nowrap">{fileSize(sizeBytes)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}
