import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon'

export interface CardProps {
  title?: string
  id?: string
  danger?: boolean
  children?: Child
}

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
  children?: Child
}

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
