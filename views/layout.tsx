import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { TwoFactorStrip, type TwoFactorStripProps } from './account/two-factor-strip'
import { VerificationStrip } from './account/verification'
import { Notice } from './parts/notice'
import { Overlays } from './parts/overlays'
import { SiteFooter, type Theme } from './parts/site-footer'
import { SiteHeader, type SiteHeaderProps } from './parts/site-header'

export interface LayoutProps extends SiteHeaderProps {
  title: string
  description?: string
  canonical?: string
  /** Null follows the system. */
  theme: Theme | null
  refreshSeconds?: number | null
  assets: { css: string; scripts: string[] }
  unverified?: string
  twoFactor?: TwoFactorStripProps
  notice?: { kind: 'success' | 'error'; text: string } | null
  bodyAttributes?: Record<string, string>
  children?: Child
}

/** The document around a page, which brings its own `.wrap` and one h1. */
export function Layout(props: LayoutProps) {
  const { title, description, canonical, siteName, theme, assets, notice } = props
  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === siteName ? siteName : `${title} · ${siteName}`}</title>
        {description ? <meta name="description" content={description} /> : null}
        {canonical ? <link rel="canonical" href={canonical} /> : null}
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <ThemeColor theme={theme} />
        {props.refreshSeconds ? <Refresh seconds={props.refreshSeconds} /> : null}
        <meta name="htmx-config" content='{"defaultTimeout":15000,"includeIndicatorCSS":false}' />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="stylesheet" href={assets.css} />
        {assets.scripts.map((source) => (
          <script type="module" src={source} />
        ))}
      </head>
      <body {...props.bodyAttributes}>
        <a class="skip-link" href="#main">
          Skip to content
        </a>
        <SiteHeader {...props} />
        {notice ? (
          <div class="wrap site-notice">
            <Notice kind={notice.kind}>{notice.text}</Notice>
          </div>
        ) : null}
        {props.twoFactor ? <TwoFactorStrip {...props.twoFactor} /> : null}
        {props.unverified ? <VerificationStrip email={props.unverified} /> : null}
        <main id="main" tabindex={-1}>
          {props.children}
        </main>
        <SiteFooter siteName={siteName} theme={theme} path={props.path} />
        <Overlays />
      </body>
    </html>
  )
}

/** Printed as it is, because an element of its own would be lifted out of the `noscript`. */
const Refresh = ({ seconds }: { seconds: number }) =>
  raw(`<noscript><meta http-equiv="refresh" content="${seconds}"></noscript>`)

const paperColors = { light: '#f9fafa', dark: '#0e1415' }

function ThemeColor({ theme }: { theme: Theme | null }) {
  if (theme) return <meta name="theme-color" content={paperColors[theme]} />
  return (
    <>
      <meta name="theme-color" content={paperColors.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={paperColors.dark} media="(prefers-color-scheme: dark)" />
    </>
  )
}
