/** With all causes, so that the database's own words stand there, too. */
export function explained(error: unknown): string {
  const words: string[] = []
  for (let cause: unknown = error; cause !== undefined && words.length < 6; ) {
    const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
    const said = cause instanceof Error ? cause.message || String(code ?? cause.name) : String(cause)
    words.push(typeof code === 'string' && !said.includes(code) ? `${said} [${code}]` : said)
    cause = cause instanceof AggregateError ? cause.errors[0] : (cause as Error | undefined)?.cause
  }
  return words.join(': ')
}

export function needUrl(environment: Record<string, string | undefined>): string {
  const url = environment.DATABASE_URL?.trim()
  if (url) return url
  throw new Error('DATABASE_URL is missing, such as mysql://user:password@host:3306/database')
}
