import { paths } from '../../src/paths'
import { Icon, type IconName } from './icon'

export type Theme = 'light' | 'dark'

const links = [
  { href: paths.courses(), label: 'All courses' },
  { href: paths.learning(), label: 'My learning' },
  { href: paths.purchases(), label: 'My purchases' },
  { href: paths.teach(), label: 'Teach with us' },
]

export function SiteFooter(props: { siteName: string; theme: Theme | null; path: string }) {
  return (
    <footer class="site-footer">
      <div class="wrap">
        <span>{props.siteName}</span>
        <nav aria-label="Footer">
          <ul class="footer-links">
            {links.map(({ href, label }) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch theme={props.theme} path={props.path} />
      </div>
    </footer>
  )
}

const themes: { value: Theme | 'system'; label: string; icon: IconName }[] = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'system', label: 'System', icon: 'monitor' },
]

function ThemeSwitch({ theme, path }: { theme: Theme | null; path: string }) {
  return (
    <form class="theme-switch" method="post" action={paths.theme()} aria-label="Colours">
      <input type="hidden" name="next" value={path} />
      {themes.map(({ value, label, icon }) => (
        <button
          type="submit"
          name="theme"
          value={value}
          aria-pressed={(theme ?? 'system') === value ? 'true' : 'false'}
        >
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </form>
  )
}
