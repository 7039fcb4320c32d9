import type { Child } from 'hono/jsx'

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
