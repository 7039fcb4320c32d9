import type { CurriculumLesson, LockedLesson, OpenLesson } from '../../src/models/learn/chapter'
import type { LessonFile } from '../../src/models/learn/course-content'
import { paths } from '../../src/paths'
import { count, fileSize } from '../../src/rules/format'
import { markdown } from '../../src/rules/markdown'
import { Icon } from '../parts/icon'
import { Prose } from '../parts/prose'
import { LessonCurriculum, LessonProgress, lessonAfter } from './chapter-progress'
import { Offer } from './offer'
import { type Playable, Player, PlayerMessage } from './player'
import { Shortcuts } from './shortcuts'

export interface LessonPageProps {
  lesson: OpenLesson
  lessons: CurriculumLesson[]
  files: LessonFile[]
  player: Playable | null
  isSignedIn: boolean
  /** False where taking money is switched off. */
  canPay: boolean
}

/** A lesson to watch: the player first, then what to do, then words and files, and the course beside it. */
export function LessonPage({ lesson, lessons, files, player, isSignedIn, canPay }: LessonPageProps) {
  const { course, description, access } = lesson
  const next = lessonAfter(lessons, lesson.id)
  const place = { course, chapterId: lesson.id, access, lessons }
  return (
    <div class="wrap lesson-page">
      <div class="lesson">
        <div class="lesson-main">
          <Player
            slug={course.slug}
            chapterId={lesson.id}
            player={player}
            reason={
              lesson.video
                ? 'Videos cannot be played on this site just now.'
                : 'This lesson has no video yet. The words below are all there is so far.'
            }
            keepsPosition={isSignedIn}
          />
          <div data-ended role="status" hidden>
            {next ? (
              <p>
                That was the end. Next: <a href={paths.chapter(course.slug, next.id)}>{next.title}</a>
              </p>
            ) : (
              <p>That was the last lesson of this course.</p>
            )}
          </div>
          <LessonHead lesson={lesson} />
          <LessonProgress {...place} />
          {access === 'preview' ? (
            <Offer lesson={lesson} lessons={lessons} next={next} canPay={canPay} />
          ) : null}
          {description?.trim() ? (
            <section aria-labelledby="about">
              <h2 id="about" class="visually-hidden">
                About this lesson
              </h2>
              <Prose html={markdown(description)} />
            </section>
          ) : null}
          <Files slug={course.slug} files={files} />
          <Shortcuts hasPlayer={player !== null} />
        </div>
        <LessonSide {...place} />
      </div>
    </div>
  )
}

/** The title and the price of a lesson that is not this person's yet; nothing of its video. */
export function LockedPage({
  lesson,
  lessons,
  canPay,
}: {
  lesson: LockedLesson
  lessons: CurriculumLesson[]
  canPay: boolean
}) {
  const place = { course: lesson.course, chapterId: lesson.id, access: lesson.access, lessons }
  return (
    <div class="wrap lesson-page">
      <div class="lesson">
        <div class="lesson-main">
          <PlayerMessage icon="lock">This lesson comes with the course.</PlayerMessage>
          <LessonHead lesson={lesson} />
          <Offer lesson={lesson} lessons={lessons} next={null} canPay={canPay} />
        </div>
        <LessonSide {...place} />
      </div>
    </div>
  )
}

function LessonHead({ lesson }: { lesson: OpenLesson | LockedLesson }) {
  return (
    <div>
      <p class="eyebrow">
        <a href={paths.course(lesson.course.slug)}>{lesson.course.title}</a>
      </p>
      <h1>{lesson.title}</h1>
    </div>
  )
}

function LessonSide(props: Parameters<typeof LessonCurriculum>[0]) {
  return (
    <details class="lesson-side">
      <summary>
        {count(props.lessons.length, 'lesson')} in this course
        <Icon name="chevron-down" />
      </summary>
      <nav aria-label="Lessons of this course">
        <LessonCurriculum {...props} />
      </nav>
    </details>
  )
}

function Files({ slug, files }: { slug: string; files: LessonFile[] }) {
  if (files.length === 0) return null
  return (
    <section aria-labelledby="files">
      <div class="section-head">
        <h2 id="files">Files</h2>
      </div>
      <ul class="files">
        {files.map((file) => (
          <li>
            <a href={paths.attachment(slug, file.id)}>
              <Icon name="download" />
              <span>{file.name}</span>
              <span class="push soft nowrap">{fileSize(file.sizeBytes)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
