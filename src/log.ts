import { isPrivateName, withoutPrivate } from './redaction'

/** Which of several it was; the only process of a container, or of Workers, needs no number. */
const pid = process.pid > 1 ? process.pid : undefined

/** Nothing else here prints: private values are taken out of every field. */
export function log(level: 'info' | 'warn' | 'error', fields: Record<string, unknown>): void {
  const shown = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, field(key, value)]))
  const text = JSON.stringify({ at: new Date().toISOString(), level, pid, ...shown })
  if (level === 'error') console.error(text)
  else console.log(text)
}

interface Security {
  /** Id of who did it; null for this site itself or somebody unknown. */
  by: string | null
  /** Kind and id of what it was done to, where that is not `by`. */
  on?: string
  /** Id of the audit event, session or device that it is about. */
  id?: string
}

/** Who did what, or tried to, to what: ids alone, so that nothing private can be among them. */
export const logSecurity = (event: string, about: Security): void =>
  log('info', { security: event, ...about })

const between = ' < '

/** On one line with all causes, without private values; where that is too long each is shortened. */
export function reasonOf(error: unknown, longest = Number.POSITIVE_INFINITY): string {
  const list = causes(error).map((cause) => (cause instanceof Error ? sentence(cause) : plain(cause)))
  const whole = list.join(between)
  if (whole.length <= longest) return whole
  // A long query would push out what the database said of it.
  const share = Math.floor((longest - (list.length - 1) * between.length) / list.length)
  const short = (text: string) => (text.length > share ? `${text.slice(0, share - 1)}…` : text)
  return list.map(short).join(between)
}

/** Made by us or by a vendor, and never of a person. */
const ids = new Set(['request', 'event', 'id'])
const isId = (value: unknown) => typeof value === 'string' && /^[\w=-]{1,255}$/.test(value)

const deepest = 6

function field(key: string, value: unknown, depth = 0): unknown {
  if (ids.has(key) && isId(value)) return value
  if (isPrivateName(key) && value) return '[left out]'
  if (value instanceof Error) return causes(value).map(told)
  if (typeof value === 'string') return withoutPrivate(value)
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return value
  if (depth === deepest) return '[…]'
  if (Array.isArray(value)) return value.map((inner) => field('', inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, field(name, inner, depth + 1)]),
  )
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = []
  const add = (one: unknown): void => {
    if (one === undefined || one === null || found.includes(one) || found.length === 10) return
    found.push(one)
    if (one instanceof AggregateError) one.errors.forEach(add)
    if (one instanceof Error) add(one.cause)
  }
  add(error)
  return found
}

const told = (cause: unknown) => (cause instanceof Error ? sentence(cause) + frames(cause) : plain(cause))

function sentence(error: Error): string {
  const code = Reflect.get(error, 'code')
  const known = typeof code === 'string' || typeof code === 'number' ? ` [${code}]` : ''
  return `${error.name}${known}${error.message && `: ${withoutPrivate(error.message)}`}`
}

/** The message stands before the frames in `stack`, with whatever lines it has. */
function frames({ stack = '', message }: Error): string {
  const [name = ''] = stack.split('\n    at ', 1)
  // An error may have been given its message when the stack stood already.
  const isNameOnly = /^\w*$/.test(name)
  const from = isNameOnly ? name.length : stack.indexOf(message) + message.length
  const rest = isNameOnly || stack.includes(message) ? stack.slice(from) : ''
  return /^(\n {4}at .+)+$/.test(rest) ? rest : ''
}

function plain(cause: unknown): string {
  const shown = field('', cause)
  return typeof shown === 'string' ? shown : JSON.stringify(shown)
}
