import type { Child } from 'hono/jsx'

export interface PageHeaderProps {
  title: string
  lead?: Child
  /** A word above the title: the category, the course. */
  eyebrow?: Child
  /** Buttons at the right, below on phones. */
  children?: Child
}

/** The page's one h1. */
export function PageHeader({ title, lead, eyebrow, children }: PageHeaderProps) {
  return (
    <div class="page-header">
      <div class="page-header-text">
        {eyebrow ? <p class="eyebrow">{eyebrow}</p> : null}
        <h1>{title}</h1>
        {lead ? <p class="page-header-lead">{lead}</p> : null}
      </div>
      {children ? <div class="cluster">{children}</div> : null}
    </div>
  )
}
