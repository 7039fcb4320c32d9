import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon'

export interface CardProps {
  title?: string
  id?: string
  /** For what cannot be undone, such as deleting an account. */
  danger?: boolean
  children?: Child
}

/** A box with an optional heading (h2). */
export function Card({ title, id, danger, children }: CardProps) {
  return (
    <section class={danger ? 'card card-danger' : 'card'} id={id}>
      {title ? <h2>{title}</h2> : null}
      {children}
    </section>
  )
}

export interface EmptyStateProps {
  title: string
  text: string
  icon?: IconName
  /** The one next step: a ButtonLink or a small form. */
  children?: Child
}

/** In place of an empty list: what is missing, and what to do about it. */
export function EmptyState({ title, text, icon = 'book', children }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}
