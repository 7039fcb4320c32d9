import { Icon } from './icon'

/** The way here from the top; the page itself is its h1 and not repeated. */
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
