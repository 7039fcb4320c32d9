import type { Child } from 'hono/jsx'
import { Icon } from './icon'
import type { IconName } from './icons'

export interface EmptyStateProps {
  title: string
  text: string
  icon?: IconName
  /** The one next step: a ButtonLink or a small form. */
  children?: Child
}

/** Where there is nothing yet, and what to do about it. */
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
