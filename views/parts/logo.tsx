import { paths } from '../../src/paths'

/** Two nested Cs, opened like a door, and the site's name. */
export function Logo({ siteName }: { siteName: string }) {
  return (
    <a class="logo" href={paths.home()}>
      <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-linecap="round">
        <path d="M25.2 6.8a13 13 0 1 0 0 18.4" stroke-width="4" />
        <path d="M19.9 12.1a5.5 5.5 0 1 0 0 7.8" stroke-width="4" />
      </svg>
      <span class="logo-name">{siteName}</span>
    </a>
  )
}
