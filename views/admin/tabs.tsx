import { urls } from '../../src/urls'

const pages = [
  { href: urls.admin, label: 'Overview' },
  { href: urls.adminPeople(), label: 'People' },
  { href: urls.adminCategories, label: 'Categories' },
]

/** The administrators' pages beside each other; `at` is the one shown, or the one above it. */
export function AdminTabs({ at }: { at: string }) {
  return (
    <nav class="tabs" aria-label="Administration">
      {pages.map(({ href, label }) => (
        <a href={href} aria-current={href === at ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}
