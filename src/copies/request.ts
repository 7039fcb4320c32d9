import type { IncomingMessage } from 'node:http'
import { paths } from '../paths'
import { chooseEncoding, type Encoding } from './compression'

export interface Asked {
  /** Who asks for the same gets the same. */
  key: string
  url: string
  encoding: Encoding
  isPartial: boolean
  theme: 'light' | 'dark' | null
}

const longest = 300
const sharedPatterns = [paths.home, paths.courses, paths.course, paths.sitemap, paths.sitemapFile].map(
  ({ pattern }) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}(\\?|$)`),
)
/** Who has one of these may see something of their own. */
const personal = /(?:^|; ?)(?:__Host-)?(?:session|notice)=/
const themeCookie = /(?:^|; ?)(?:__Host-)?theme=(light|dark)(?:;|$)/

/** Null for whatever may be one person's, or no page that all see alike. */
export function readShareable({ method, url = '', headers }: IncomingMessage): Asked | null {
  if ((method !== 'GET' && method !== 'HEAD') || url.length > longest) return null
  if (!sharedPatterns.some((pattern) => pattern.test(url))) return null
  const { cookie = '', 'accept-encoding': accepted = '' } = headers
  if (personal.test(cookie)) return null
  const encoding = chooseEncoding(String(accepted))
  const isPartial = headers['hx-request-type'] === 'partial'
  const theme = (themeCookie.exec(cookie)?.[1] as 'light' | 'dark' | undefined) ?? null
  return { key: `${encoding} ${isPartial} ${theme} ${url}`, url, encoding, isPartial, theme }
}
