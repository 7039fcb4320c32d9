import { paths } from '../../src/paths'

const pages = [
  { href: paths.admin(), label: 'Overview' },
  { href: paths.people(), label: 'People' },
  { href: paths.categories(), label: 'Categories' },
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
