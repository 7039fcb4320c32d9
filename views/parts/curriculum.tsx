import { Icon } from './icon'
import { Badge, Duration } from './text'

export interface CurriculumChapter {
  href: string
  title: string
  durationSeconds: number | null
  free?: boolean
  locked?: boolean
  completed?: boolean
  current?: boolean
}

export function Curriculum({
  chapters,
  id,
  freeWord = 'Free',
}: {
  chapters: CurriculumChapter[]
  id?: string
  freeWord?: string
}) {
  return (
    <ol class="curriculum" id={id}>
      {chapters.map((chapter, index) => (
        <li>
          <a
            class="curriculum-chapter"
            href={chapter.href}
            aria-current={chapter.current ? 'page' : undefined}
          >
            <Mark chapter={chapter} number={index + 1} />
            <span class="curriculum-title">{chapter.title}</span>
            <span class="curriculum-end">
              {chapter.free ? <Badge kind="accent">{freeWord}</Badge> : null}
              {chapter.durationSeconds === null ? null : <Duration seconds={chapter.durationSeconds} />}
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

function Mark({ chapter, number }: { chapter: CurriculumChapter; number: number }) {
  if (chapter.completed) {
    return (
      <span class="curriculum-mark" data-state="completed">
        <Icon name="check" />
        <span class="visually-hidden">Completed</span>
      </span>
    )
  }
  if (chapter.locked) {
    return (
      <span class="curriculum-mark">
        <Icon name="lock" />
        <span class="visually-hidden">Locked</span>
      </span>
    )
  }
  return <span class="curriculum-mark">{chapter.current ? <Icon name="play" /> : number}</span>
}
