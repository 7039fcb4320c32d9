import { secureHeaders } from 'hono/secure-headers'
import type { Services } from '../services'
import type { AppContext } from './env'

/** A header that a page has set for itself stays. */
export const securityHeaders = secureHeaders({
  referrerPolicy: 'strict-origin-when-cross-origin',
  xFrameOptions: 'DENY',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
  overwrite: false,
})

export type PolicyKind = 'page' | 'player' | 'checkout' | 'upload'

type Sources = Record<string, readonly string[] | undefined>

const plain: Sources = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'media-src': ["'none'"],
  'frame-src': ["'none'"],
  'form-action': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

// The player and the checkout window style themselves inline.
const inlineStyles = ["'unsafe-inline'"]

const more: Record<PolicyKind, (services: Pick<Services, 'video' | 'payments' | 'files'>) => Sources> = {
  page: () => ({}),
  player: ({ video }) => {
    const { media = [], image = [], connect = [] } = video?.hosts ?? {}
    return {
      'style-src': inlineStyles,
      'img-src': image,
      'connect-src': [...connect, ...media],
      'media-src': ["'self'", 'blob:', ...media, ...image],
    }
  },
  checkout: ({ payments }) => ({
    'script-src': payments?.hosts.script,
    'style-src': inlineStyles,
    'img-src': payments?.hosts.image,
    'connect-src': payments?.hosts.connect,
    'frame-src': payments?.hosts.frame,
    'form-action': payments?.hosts.form,
  }),
  upload: ({ files, video }) => ({
    'connect-src': [...(files?.hosts.connect ?? []), ...(video?.hosts.connect ?? [])],
  }),
}

export function setPolicy(c: AppContext, kind: PolicyKind): void {
  const { services } = c.var
  const images: Sources = { 'img-src': services.files?.hosts.image }
  const parts = [plain, images, more[kind](services)]
  const policy = Object.keys(plain).map((directive) => {
    const sources = [...new Set(parts.flatMap((part) => part[directive] ?? []))]
    const allowed = sources.length > 1 ? sources.filter((source) => source !== "'none'") : sources
    return `${directive} ${allowed.join(' ')}`
  })
  c.header('Content-Security-Policy', policy.join('; '))
  if (kind === 'checkout') c.header('Cross-Origin-Opener-Policy', 'same-origin-allow-popups')
}
