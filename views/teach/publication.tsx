import type { Child } from 'hono/jsx'
import { Button } from '../parts/button'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Badge } from '../parts/text'

export interface PublicationCardProps {
  id: string
  title: string
  needs: { label: string; control: string; isDone: boolean }[]
  isPublished: boolean
  publish: string
  unpublish: string
  warning: string
  error?: string
  note?: string
  reload?: string
  children?: Child
}

export function PublicationCard(props: PublicationCardProps) {
  const { id, title, needs, isPublished, publish, unpublish, warning, error, note, reload, children } = props
  const action = isPublished ? unpublish : publish
  const reloading = reload && {
    'hx-get': reload,
    'hx-trigger': 'video-shown from:document',
    'hx-swap': 'outerHTML',
  }
  return (
    <section class="card" id={id} aria-labelledby={`${id}-title`} {...reloading}>
      <h2 id={`${id}-title`}>{title}</h2>
      <Checklist needs={needs} />
      {error ? <Notice kind="error">{error}</Notice> : null}
      {note ? <Notice kind="info">{note}</Notice> : null}
      <form
        method="post"
        action={action}
        hx-post={action}
        hx-target={`#${id}`}
        hx-swap="outerHTML"
        hx-sync="this:drop"
        hx-confirm={isPublished ? warning : undefined}
      >
        <Button id="publication" kind={isPublished ? 'secondary' : 'primary'} wide>
          {isPublished ? 'Unpublish' : 'Publish'}
        </Button>
      </form>
      {children}
    </section>
  )
}

const Checklist = ({ needs }: Pick<PublicationCardProps, 'needs'>) => (
  <ul class="checklist">
    {needs.map(({ label, control, isDone }) => (
      <li data-done={isDone ? 'true' : 'false'}>
        <Icon name={isDone ? 'check-circle' : 'alert'} />
        {isDone ? (
          <span>
            {label}
            <span class="visually-hidden"> is there</span>
          </span>
        ) : (
          <span>
            <a href={`#${control}`}>{label}</a> is missing
          </span>
        )}
      </li>
    ))}
  </ul>
)

interface BadgeProps {
  isPublished: boolean
  isSuspended?: boolean
  /** Only who owned the course before has it. */
  isWithdrawn?: boolean
}

export function PublicationBadge({ isPublished, isSuspended, isWithdrawn }: BadgeProps) {
  if (isSuspended) return <Badge kind="danger">Taken off sale</Badge>
  if (isWithdrawn) return <Badge>Withdrawn</Badge>
  return isPublished ? <Badge kind="success">Published</Badge> : <Badge>Draft</Badge>
}
