import { secureHeaders } from 'hono/secure-headers'
import type { AppContext } from './env'

/** The security headers of every answer, static files included; one that a page has set for itself stays. */
export const securityHeaders = secureHeaders({
  referrerPolicy: 'strict-origin-when-cross-origin',
  xFrameOptions: 'DENY',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
  overwrite: false,
})

/** `player` pages play videos, `checkout` is the page that pays, `upload` pages send files to their store, everything else is a plain `page`. */
export type PolicyKind = 'page' | 'player' | 'checkout' | 'upload'

/** The one Content-Security-Policy of the site, built from the configured vendors' hosts. */
export function setPolicy(c: AppContext, kind: PolicyKind): void {
  const { video, payments, files } = c.get('services')
  const media = kind === 'player' ? video?.hosts : undefined
  const checkout = kind === 'checkout' ? payments?.hosts : undefined
  const store = kind === 'upload' ? files?.hosts : undefined
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...(checkout?.script ?? [])],
    // mux-player and the checkout window style themselves inline
    'style-src': ["'self'", ...(kind === 'player' || kind === 'checkout' ? ["'unsafe-inline'"] : [])],
    'img-src': [
      "'self'",
      'data:',
      ...(files?.hosts.image ?? []),
      ...(media?.image ?? []),
      ...(checkout?.connect ?? []),
    ],
    'font-src': ["'self'"],
    'connect-src': [
      "'self'",
      ...(media?.connect ?? []),
      ...(media?.media ?? []),
      ...(checkout?.connect ?? []),
      ...(store?.connect ?? []),
      ...(kind === 'upload' ? (video?.hosts.connect ?? []) : []),
    ],
    'media-src':
      kind === 'player' ? ["'self'", 'blob:', ...(media?.media ?? []), ...(media?.image ?? [])] : ["'none'"],
    'frame-src': checkout?.frame ?? ["'none'"],
    'form-action': ["'self'", ...(checkout?.form ?? [])],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
  const policy = Object.entries(directives).map(
    ([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`,
  )
  c.header('Content-Security-Policy', policy.join('; '))
  if (kind === 'checkout') c.header('Cross-Origin-Opener-Policy', 'same-origin-allow-popups')
}
