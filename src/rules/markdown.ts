import { Marked, type Token, type Tokens } from 'marked'
import xss from 'xss'

const longest = 20_000

const marked = new Marked({ gfm: true, breaks: true, async: false })
marked.use({
  hooks: { processAllTokens: (tokens) => belowThePage(tokens) },
  renderer: {
    // A picture of another site would tell it who reads here; what it shows stays.
    image: ({ text }) => escaped(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
})

const none: string[] = []
const allowed = {
  whiteList: {
    ...Object.fromEntries(
      (
        'p br hr h3 h4 h5 h6 strong em b i del s sub sup kbd code pre blockquote ul li ' +
        'table thead tbody tr dl dt dd'
      )
        .split(' ')
        .map((tag) => [tag, none]),
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

/** The largest heading of the text becomes an h3, below the page's own h1 and h2, whichever it was written as. */
function belowThePage(tokens: (Token | Tokens.Generic)[]) {
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading')
  const top = Math.min(...headings.map(({ depth }) => depth))
  for (const heading of headings) heading.depth = Math.min(6, heading.depth - top + 3)
  return tokens
}

/** HTML from an instructor's Markdown, safe to print: an allow-list of tags, no attribute that htmx, Alpine or a browser acts on, links to the web or to mail only. */
export function markdown(text: string): string {
  const source = text.slice(0, longest)
  try {
    return xss(marked.parse(source, { async: false }), allowed)
  } catch {
    // Thousands of quotes within quotes exhaust the parser's stack; their words can still be read.
    return `<p>${escaped(source.replaceAll('&', '&amp;'))}</p>`
  }
}

/** The words of a text in Markdown on one line, without headings, `length` letters at most, cut between words: what search results show. */
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

/** The first sentence of a text in Markdown: what it promises. */
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

/** Only what begins, letter by letter, as an address of the web, a mail or a path of this site; anything else is text without a link. */
function link(value: string): string {
  const address = value.trim()
  if (!/^(?:https?:\/\/|mailto:|\/[\w-]|\/$)/i.test(address)) return ''
  return `href="${escaped(address)}" rel="nofollow ugc noopener"`
}

const escaped = (text: string) =>
  text.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
