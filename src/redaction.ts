const leftOut = '[left out]'

const personal = new Set([
  'email',
  'contact',
  'name',
  'phone',
  'phonenumber',
  'vpa',
  'card',
  'card_id',
  'bank_account',
  'customer',
  'customer_id',
  'ip',
])
const secret = /^(set-)?cookie$|^authorization$|password|secret|token|signature|api_?key/i

export function withoutPerson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPerson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isPersonal(key) && inner ? leftOut : withoutPerson(inner),
    ]),
  )
}

const isPersonal = (key: string) => personal.has(key.toLowerCase())

export const isPrivateName = (key: string): boolean => isPersonal(key) || secret.test(key)

type Rule = [what: RegExp, instead: string | ((found: string) => string)]

const rules: Rule[] = [
  // Drizzle writes a query's values behind it, and they may have lines of their own.
  [/\n?\bparams: [\s\S]*$/, ''],
  [/-----BEGIN [\s\S]*?(-----END [^-]*-----|$)/g, '[key]'],
  [/\b((?:set-)?cookie)\b["']?\s*[:=][^\n]*/gi, '$1: [left out]'],
  [/\b(authorization)\b["']?\s*[:=][^\n]*/gi, '$1: [left out]'],
  [/\b(Bearer|Basic) [\w.~+/=-]+/g, '$1 [left out]'],
  [/:\/\/[^/\s"'<>]*@/g, '://[left out]@'],
  // A database repeats what it refused, and does not mind the quotes inside.
  [/\b(Duplicate entry) '[\s\S]*' (for key)/g, "$1 '…' $2"],
  [/\b(value:?) '[\s\S]*' (for (?:column|function))/gi, "$1 '…' $2"],
  [/(?:\.{3})?"[\s\S]*"(?:\.{3})? is not valid JSON/g, '"…" is not valid JSON'],
  [/(?<!\w|\b(?:key|column|table|constraint|field|index|in|function) )'(?!\$\.)[^'\n]*'(?!\w)/gi, "'…'"],
  [/(?<=[\w/~%.:-])\?[^\s"'<>)?]+/g, '?…'],
  [/[^\s"'`<>()[\]=:,;/|]+(?:@|%40)[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*/giu, '[email]'],
  [
    /(["']?)\b(\w*(?:password|secret|token|signature|api_?key))\1(?:=|(?<="):\s*)("[^"]*"|[^\s&,;]+)/gi,
    '$1$2$1=[left out]',
  ],
  [/\b(code)=\d+/gi, '$1=[left out]'],
  [/(?<![\w-])\+?\(?\d[\d ()-]{8,}\d(?![\w-])/g, (found) => (isPhone(found) ? '[phone]' : found)],
  [/[\w.~-]+/g, (run) => (hasRandom(run) ? '[token]' : run)],
  [/[A-Za-z0-9+/]{40,}={0,2}/g, (run) => (/\d/.test(run) && /[A-Z]/.test(run) ? '[token]' : run)],
]

const isPhone = (found: string) => {
  if (/^\d{4}-\d\d-\d\d\b/.test(found)) return false
  const digits = found.replace(/\D/g, '').length
  return digits >= 10 && digits <= 15
}

/** Ids of ours are groups of at most twelve; no word of people is this long and mixed. */
const hasRandom = (run: string) =>
  (run.match(/\w{24,}/g) ?? []).some((part) => /\d/.test(part) && /[a-z]/i.test(part))

/** Keeps what happened and a query's statement, no value and no secret. */
export const withoutPrivate = (text: string): string =>
  rules.reduce((said, [what, instead]) => said.replace(what, instead as string), text)
