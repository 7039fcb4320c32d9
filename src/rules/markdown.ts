import { Marked, type Token, type Tokens } from 'marked'
import xss from 'xss'

const longest = 20_000

const marked = new Marked({ gfm: true, breaks: true, async: false })
marked.use({
  hooks: { processAllTokens: (tokens) => belowThePage(tokens) },
  renderer: {
    // An image on another site would tell that site who reads here; its text stays.
    image: ({ text }) => escaped(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
})

const allowed = {
  whiteList: {
    ...Object.fromEntries(
      (
        'p br hr h3 h4 h5 h6 strong em b i del s sub sup kbd code pre blockquote ul li ' +
        'table thead tbody tr dl dt dd'
      )
        .split(' ')
        .map((tag) => [tag, [] as string[]]),
    ),
    a: ['href', 'title'],
    ol: ['start'],
    th: ['align'],
    td: ['align'],
  },
  stripIgnoreTag: true,
  stripIgnoreTagBody: [
    'script',
    'style',
    'template',
    'iframe',
    'object',
    'svg',
    'math',
    'noscript',
    'textarea',
  ],
  allowCommentTag: false,
  css: false as const,
  onTagAttr: (tag: string, name: string, value: string) =>
    tag === 'a' && name === 'href' ? link(value) : undefined,
}

/** The page has an h1 and h2 of its own, so headings begin at h3. */
function belowThePage(tokens: (Token | Tokens.Generic)[]) {
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading')
  const top = Math.min(...headings.map(({ depth }) => depth))
  for (const heading of headings) heading.depth = Math.min(6, heading.depth - top + 3)
  return tokens
}

/** Nothing in it makes htmx, Alpine or a browser act. */
export function markdown(text: string): string {
  const source = text.slice(0, longest)
  try {
    return xss(marked.parse(source, { async: false }), allowed)
  } catch {
    // Thousands of quotes within quotes exhaust the parser's stack; their words can still be read.
    return `<p>${escaped(source.replaceAll('&', '&amp;'))}</p>`
  }
}

/** On one line, without headings, cut between words to `length` characters. */
export function plainText(text: string, length: number): string {
  const html = markdown(text.slice(0, length * 8))
  const words = html
    .replace(/<(h[3-6])>.*?<\/\1>/gs, ' ')
    .replace(/<\/?(?:p|br|li|tr|td|th|pre|blockquote|dt|dd|hr)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => letters[entity] ?? ' ')
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length - 1).replace(/\s+\S*$/, '')}…`
}

export function firstSentence(text: string): string {
  const line = plainText(text, 200)
  return /^.{20,}?[.!?।](?=\s|$)/u.exec(line)?.[0] ?? line
}

const letters: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
  '&#39;': "'",
}

/** Anything but http, https, mailto and paths of this site stays text. */
function link(value: string): string {
  const url = value.trim()
  if (!/^(?:https?:\/\/|mailto:|\/[\w-]|\/$)/i.test(url)) return ''
  return `href="${escaped(url)}" rel="nofollow ugc noopener"`
}

const escaped = (text: string) =>
  text.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
