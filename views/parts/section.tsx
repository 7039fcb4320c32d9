import type { Child } from 'hono/jsx'

/** A part of a page under its own heading (h2), with a note or a link beside it. */
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
