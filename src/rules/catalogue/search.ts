/**
 * One FULLTEXT index on the server's default settings answers every search. What it leaves out
 * (short words, stopwords, C++, .NET) is stored in `search_words` as plain tokens.
 */

interface Word {
  kind: 'name' | 'compound' | 'stopword' | 'short' | 'plain'
  text: string
  parts: Word[]
}

/** What InnoDB leaves out by default, on MySQL and MariaDB alike. */
const stopwords = new Set(
  (
    'a about an are as at be by com de en for from how i in is it la of on or that the this to was what when ' +
    'where who will with und www'
  ).split(' '),
)

/** Short names that mean exactly themselves, not a word that begins so. */
const shortNames = new Set('2d 3d 5g ai ar bi cd ci cs db go ip js ml os qa ts ui ux vr'.split(' '))

const word = '[\\p{L}\\p{M}\\p{N}_]+'
const scanner = new RegExp(
  ['[\\p{L}\\p{N}]+(?:\\+\\+|#)(?!\\p{L})', `\\.net(?!${word})`, `${word}(?:[.'’-]${word})+`, word].join('|'),
  'gu',
)

const longestWord = 60
const longestQuery = 200
const maxTerms = 8
const longestSearchWords = 16_000

/** Marks of other scripts, such as Devanagari, are part of the word. */
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()

function words(text: string): Word[] {
  return [...folded(text).matchAll(scanner)].map(([found]) => read(found)).filter((found) => found !== null)
}

function read(found: string): Word | null {
  // A mark alone would match every row.
  if (!/[\p{L}\p{N}]/u.test(found)) return null
  if (/[+#]$|^\.net$/.test(found)) return { kind: 'name', text: found, parts: [] }
  const parts = found.split(/[.'’-]/)
  if (parts.length > 1) {
    const single = parts.map((part, index) => read(index > 0 && part === 'net' ? '.net' : part))
    return { kind: 'compound', text: cut(parts.join('')), parts: single.filter((part) => part !== null) }
  }
  const text = cut(found)
  if (stopwords.has(text)) return { kind: 'stopword', text, parts: [] }
  return { kind: isShort(text) ? 'short' : 'plain', text, parts: [] }
}

const cut = (text: string) => [...text].slice(0, longestWord).join('')
const isShort = (text: string) => [...text].length < 3

/** No language has such a token: `xq` and the bytes in hexadecimal. */
function encoded(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return `xq${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** The title's tokens are repeated, because they count for more. */
export function searchWords(title: string, description: string): string {
  const named = words(title)
  const ofTitle = named.flatMap((found) =>
    found.kind === 'plain'
      ? [found.text]
      : found.kind === 'stopword'
        ? [encoded(found.text)]
        : tokensOf(found),
  )
  const tokens = new Set([...ofTitle, ...words(description).flatMap(tokensOf)])
  let stored = ''
  for (const token of [...ofTitle, ...ofTitle, ...tokens]) {
    if (stored.length + token.length >= longestSearchWords) break
    stored += stored ? ` ${token}` : token
  }
  return stored
}

function tokensOf({ kind, text, parts }: Word): string[] {
  if (kind === 'name' || kind === 'short') return [encoded(text)]
  if (kind !== 'compound') return []
  return [isShort(text) ? encoded(text) : text, ...parts.flatMap(tokensOf)]
}

/**
 * For `match … against (… in boolean mode)`; only letters, marks, digits and `_` of `q` pass, null
 * when none can be searched.
 */
export function booleanQuery(q: string): string | null {
  const all = words(q.slice(0, longestQuery))
  const telling = all.filter((found) => found.kind !== 'stopword')
  const terms = (telling.length > 0 ? telling : all).map((found) => `+${term(found)}`)
  return terms.length > 0 ? [...new Set(terms)].slice(0, maxTerms).join(' ') : null
}

/** Any word, or the beginning of one, is enough; null when nothing can be searched. */
export function nearQuery(q: string): string | null {
  const all = words(q.slice(0, longestQuery)).filter((found) => found.kind !== 'stopword')
  const terms = all.flatMap((found) => {
    const letters = [...found.text]
    return found.kind === 'plain' && letters.length > 4 ? [`${letters.slice(0, 4).join('')}*`] : [term(found)]
  })
  return terms.length > 0 ? [...new Set(terms)].slice(0, maxTerms).join(' ') : null
}

function term({ kind, text, parts }: Word): string {
  if (kind === 'plain') return `${text}*`
  if (kind === 'name') return encoded(text)
  if (kind === 'compound') return either(text, parts)
  const exactly = shortNames.has(text) || /^[a-z0-9]$/.test(text)
  return exactly ? encoded(text) : `(${text}* ${encoded(text)})`
}

function either(together: string, parts: Word[]): string {
  const whole = isShort(together) ? encoded(together) : `${together}*`
  const apart = parts
    .filter((part) => part.kind !== 'stopword')
    .map((part) => `+${part.kind === 'plain' ? `${part.text}*` : encoded(part.text)}`)
  return apart.length > 0 ? `(${whole} (${apart.join(' ')}))` : whole
}
