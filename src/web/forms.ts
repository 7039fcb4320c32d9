import { zValidator } from '@hono/zod-validator'
import type { MiddlewareHandler } from 'hono'
import type * as z from 'zod'
import type { AppContext, Env } from './env'

export interface FormProblem {
  values: Record<string, string>
  errors: Record<string, string>
}

export const form = <S extends z.ZodObject, Found extends object = object>(
  schema: S,
  refuse: (c: AppContext<Found>, problem: FormProblem) => Response | Promise<Response>,
): MiddlewareHandler<Env & { Variables: Found }, string, { in: object; out: { form: z.output<S> } }> =>
  zValidator('form', schema, (result, c) => {
    if (result.success) return
    const problem = { values: typed(result.data), errors: messages(result.error) }
    return refuse(c as unknown as AppContext<Found>, problem)
  })

function messages(error: z.core.$ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    errors[field] ??= issue.message
  }
  return errors
}

/** A password is never shown again. */
function typed(data: unknown): Record<string, string> {
  const entries = Object.entries((data ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !/password/i.test(entry[0]),
    ),
  )
}

/** Undefined for anything but a path of this site. */
export function safeNext(next: string | undefined): string | undefined {
  if (!next?.startsWith('/')) return undefined
  const here = 'http://here.invalid'
  if (!URL.canParse(next, here)) return undefined
  const { origin, pathname, search, hash } = new URL(next, here)
  // Put together again: browsers skip line breaks and tabs, a header must not carry them.
  if (origin !== here || pathname.startsWith('//')) return undefined
  return `${pathname}${search}${hash}`
}
