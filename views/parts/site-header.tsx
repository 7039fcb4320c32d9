import { paths } from '../../src/paths'
import { AccountMenu, type User } from './account-menu'
import { ButtonLink } from './button'
import { Icon } from './icon'

export interface SiteHeaderProps {
  user: User | null
  siteName: string
  path: string
  search?: string
  plain?: boolean
  withoutSearch?: boolean
}

const links = [
  { href: paths.courses(), label: 'Courses' },
  { href: paths.learning(), label: 'Learning' },
  { href: paths.teach(), label: 'Teach' },
]

export function SiteHeader(props: SiteHeaderProps) {
  const { user, siteName, path, search, plain, withoutSearch } = props
  return (
    <header class={withoutSearch ? 'site-header site-header-slim' : 'site-header'}>
      <div class="wrap">
        <Logo siteName={siteName} />
        {plain ? null : <SiteNavigation path={path} />}
        {plain || withoutSearch ? null : <SiteSearch search={search} />}
        <div class={plain ? 'site-account push' : 'site-account'}>
          {user ? <AccountMenu user={user} /> : <SignIn path={path} />}
        </div>
      </div>
    </header>
  )
}

function SiteNavigation({ path }: { path: string }) {
  return (
    <div class="site-nav">
      <button type="button" popovertarget="site-menu">
        <Icon name="menu" />
        Menu
      </button>
      <nav id="site-menu" class="menu-panel" popover="auto" aria-label="Main">
        {links.map(({ href, label }) => (
          <a class="menu-link" href={href} aria-current={isUnder(path, href) ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </div>
  )
}

function SiteSearch({ search }: { search?: string }) {
  return (
    <form class="site-search" role="search" aria-label="Courses" action={paths.courses()} method="get">
      <label class="visually-hidden" for="site-search">
        Search courses
      </label>
      <input
        id="site-search"
        type="search"
        name="q"
        value={search}
        placeholder="Search courses"
        maxlength={100}
      />
      <button type="submit">
        <Icon name="search" />
        <span class="visually-hidden">Search</span>
      </button>
    </form>
  )
}

function SignIn({ path }: { path: string }) {
  const next = path === paths.home() || /^\/(sign-|password-reset|verify-email)/.test(path) ? undefined : path
  return (
    <>
      <ButtonLink href={paths.signIn({ next })} kind="quiet">
        Sign in
      </ButtonLink>
      <ButtonLink href={paths.signUp({ next })} kind="primary">
        Sign up
      </ButtonLink>
    </>
  )
}

const isUnder = (path: string, href: string) => new RegExp(`^${href}(?=[/?]|$)`).test(path)

function Logo({ siteName }: { siteName: string }) {
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
