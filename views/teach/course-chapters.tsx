import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { Button } from '../parts/button'
import { Field } from '../parts/field'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Badge, Duration } from '../parts/text'
import { PublicationBadge } from './publication'

export interface ChaptersProps {
  course: TeachCourse
  title?: string
  error?: string
  isAdded?: boolean
  /** Another tab had added or deleted chapters before these were reordered. */
  isStale?: boolean
}

export function CourseChapters({ course, title, error, isAdded, isStale }: ChaptersProps) {
  const action = paths.teachChapters(course.id)
  return (
    <section class="card" id="chapters" aria-labelledby="chapters-title">
      <h2 id="chapters-title">Chapters</h2>
      {course.chapters.length === 0 ? (
        <p class="soft">A chapter is one lesson: a video and a description.</p>
      ) : (
        <ChapterOrder course={course} isStale={isStale} />
      )}
      <form
        class="form"
        method="post"
        action={action}
        hx-post={action}
        hx-target="#chapters"
        hx-swap="outerHTML"
        hx-sync="this:drop"
        novalidate
      >
        <Field
          id="chapter-title"
          label="Title"
          name="title"
          value={title}
          error={error}
          hint="The title of a new chapter. It is added at the end; you can move it."
          maxlength={120}
          autocomplete="off"
          autofocus={Boolean(error) || isAdded || undefined}
          required
        />
        <div class="form-actions">
          <Button id="chapter-add">
            <Icon name="plus" />
            Add chapter
          </Button>
        </div>
      </form>
    </section>
  )
}

function ChapterOrder({ course, isStale }: Pick<ChaptersProps, 'course' | 'isStale'>) {
  const action = paths.teachChapterOrder(course.id)
  return (
    <form
      class="stack stack-small"
      id="chapter-order"
      method="post"
      action={action}
      hx-post={action}
      hx-trigger="reordered, submit"
      hx-target="#chapter-list"
      hx-swap="innerHTML"
      hx-sync="this:queue last"
      x-data="chapterOrder"
      {...{ '@request-failed': 'rollback()' }}
    >
      <OrderProblem isStale={isStale} />
      <ol class="sortable" id="chapter-list" x-ref="list">
        <ChapterItems course={course} />
      </ol>
    </form>
  )
}

function OrderProblem({ isStale }: Pick<ChaptersProps, 'isStale'>) {
  return (
    <div id="order-problem" role="alert">
      {isStale ? (
        <Notice kind="error">
          The chapters were changed, perhaps in another tab. This is their present order; please move them
          again.
        </Notice>
      ) : null}
    </div>
  )
}

export function OrderUpdate({ course, isStale }: Pick<ChaptersProps, 'course' | 'isStale'>) {
  return (
    <>
      <ChapterItems course={course} />
      <hx-partial hx-target="#order-problem" hx-swap="outerHTML">
        <OrderProblem isStale={isStale} />
      </hx-partial>
    </>
  )
}

function ChapterItems({ course }: Pick<ChaptersProps, 'course'>) {
  const last = course.chapters.length - 1
  return (
    <>
      {course.chapters.map(({ id, title, isPublished, withdrawnAt, isFree, durationSeconds }, index) => (
        <li id={`chapter-${id}`} data-id={id}>
          <input type="hidden" name="chapter" value={id} />
          <span data-handle aria-hidden="true" title="Drag to another place">
            <Icon name="grip" />
          </span>
          <a class="sortable-title" href={paths.teachChapter(course.id, id)}>
            {title}
          </a>
          <span class="cluster chapter-marks">
            {durationSeconds === null ? (
              <span class="small soft">No video</span>
            ) : (
              <span class="small soft numeric">
                <Duration seconds={durationSeconds} />
              </span>
            )}
            {isFree ? <Badge kind="accent">Free preview</Badge> : null}
            <PublicationBadge isPublished={isPublished} isWithdrawn={withdrawnAt !== null} />
          </span>
          <span class="chapter-moves">
            <Move id={id} title={title} step="up" isEnd={index === 0} />
            <Move id={id} title={title} step="down" isEnd={index === last} />
          </span>
        </li>
      ))}
    </>
  )
}

function Move(props: { id: string; title: string; step: 'up' | 'down'; isEnd: boolean }) {
  const { id, title, step, isEnd } = props
  return (
    <Button
      id={`${step}-${id}`}
      kind="quiet"
      class="button-icon"
      name={step}
      value={id}
      aria-disabled={isEnd ? 'true' : undefined}
      title={`Move ${step}: ${title}`}
    >
      <Icon name={step === 'up' ? 'arrow-up' : 'arrow-down'} />
      <span class="visually-hidden">{step === 'up' ? 'Move up' : 'Move down'}</span>
    </Button>
  )
}
