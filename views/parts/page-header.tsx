import type { Child } from 'hono/jsx'
import { Icon } from './icon'

export interface PageHeaderProps {
  title: string
  lead?: Child
  eyebrow?: Child
  children?: Child
}

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

export function Breadcrumbs({ items }: { items: { href: string; label: string }[] }) {
  return (
    <nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol class="breadcrumbs-way">
        {items.map(({ href, label }, index) => (
          <li>
            {index > 0 ? <Icon name="chevron-right" /> : null}
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string
  title: string
  aside?: Child
  children: Child
}) {
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
