import { ButtonLink } from './button'
import { Icon } from './icon'

export interface PaginationProps {
  /** From 1. */
  page: number
  pages: number
  href: (page: number) => string
  label: string
}

export function Pagination({ page, pages, href, label }: PaginationProps) {
  if (pages <= 1) return null
  return (
    <nav class="pagination" aria-label={`${label}, pages`}>
      <div class="pagination-end">
        {page > 1 ? (
          <ButtonLink href={href(page - 1)} rel="prev">
            <Icon name="chevron-left" />
            Previous
          </ButtonLink>
        ) : null}
      </div>
      <span class="pagination-where">
        Page {page} of {pages}
      </span>
      <ol class="pagination-pages">
        {around(page, pages).map((number) => (
          <li>
            {number === null ? (
              <span class="pagination-page">…</span>
            ) : (
              <Page number={number} at={page} href={href} />
            )}
          </li>
        ))}
      </ol>
      <div class="pagination-end">
        {page < pages ? (
          <ButtonLink href={href(page + 1)} rel="next">
            Next
            <Icon name="chevron-right" />
          </ButtonLink>
        ) : null}
      </div>
    </nav>
  )
}

function Page({ number, at, href }: { number: number; at: number; href: (page: number) => string }) {
  return (
    <a class="pagination-page" href={href(number)} aria-current={number === at ? 'page' : undefined}>
      <span class="visually-hidden">Page </span>
      {number}
    </a>
  )
}

/** Null is a gap. */
function around(page: number, pages: number): (number | null)[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  return shown.flatMap((n, i) => (n - (shown[i - 1] ?? n) > 1 ? [null, n] : [n]))
}
