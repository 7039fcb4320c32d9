import type { Context } from 'hono'
import * as z from 'zod'

/** How a vendor answers whatever it is asked; null as it should. */
export interface AnswerSettings {
  answer: '429' | 'hang' | 'html' | '500' | null
  retryAfterSeconds: number
}

export const answerSettings = {
  answer: z
    .enum(['429', 'hang', 'html', '500'])
    .nullable()
    .or(z.enum(['as usual', '']).transform(() => null)),
  retryAfterSeconds: z.coerce.number().int().min(0).max(3600),
}

export const asUsual: AnswerSettings = { answer: null, retryAfterSeconds: 1 }

const LONGEST_HANG_MS = 120_000

/** What is answered instead, or null; `refuse` speaks in the vendor's own shape. */
export async function otherAnswer(
  c: Context,
  { answer, retryAfterSeconds }: AnswerSettings,
  refuse: (status: 429 | 500, words: string) => Response,
): Promise<Response | null> {
  if (answer === null) return null
  if (answer === '500') return refuse(500, 'The server encountered an error.')
  if (answer === 'html') return c.html('<!doctype html><title>Maintenance</title><h1>Back soon</h1>')
  if (answer === 'hang') {
    await goneOrLate(c.req.raw.signal)
    return c.body(null, 504)
  }
  const refusal = refuse(429, 'Too many requests. Please try again later.')
  refusal.headers.set('Retry-After', String(retryAfterSeconds))
  return refusal
}

function goneOrLate(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, LONGEST_HANG_MS).unref()
    signal.addEventListener('abort', () => {
      clearTimeout(late)
      resolve()
    })
  })
}
