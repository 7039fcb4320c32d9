import type Razorpay from 'razorpay'
import type * as z from 'zod'
import { AppError } from '../../errors'
import { pageOf } from './razorpay-shapes'

const TIMEOUT_MS = 10_000

interface Rest {
  defaults: { baseURL?: string; timeout?: number; adapter?: unknown }
  post(path: string, body: unknown, options: { headers: Record<string, string> }): Promise<{ data: unknown }>
}

/** The SDK has no option for host or timeout; `fetch` is the same on Node and on Workers. */
export function restOf(sdk: Razorpay, base: string) {
  const { rq } = sdk.api as unknown as { rq: Rest }
  rq.defaults.baseURL = base
  rq.defaults.timeout = TIMEOUT_MS
  rq.defaults.adapter = 'fetch'
  return {
    async post(path: string, body: unknown, options: { headers: Record<string, string> }): Promise<unknown> {
      try {
        return (await rq.post(path, body, options)).data
      } catch (error) {
        const response = memberOf(error, 'response')
        throw {
          statusCode: memberOf(response, 'status'),
          error: memberOf(memberOf(response, 'data'), 'error'),
        }
      }
    },
  }
}

interface Refusal {
  status: number | null
  code: string | null
  description: string
}

/** AppError `upstream` whatever goes wrong, with a Refusal as its cause when Razorpay refused. */
export async function request<T>(ask: () => Promise<unknown>, shape: z.ZodType<T>): Promise<T> {
  let answer: unknown
  try {
    answer = await ask()
  } catch (error) {
    const refusal = refusalOf(error)
    throw new AppError('upstream', messageFor(refusal), { cause: refusal })
  }
  const parsed = shape.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new AppError('upstream', 'The payment service gave an answer that cannot be understood.', {
    cause: parsed.error,
  })
}

const pageLength = 100

/** https://razorpay.com/docs/api/payments/fetch-all-payments */
export async function* pagesOf<T>(
  ask: (page: { count: number; skip: number }) => Promise<unknown>,
  entry: z.ZodType<T>,
): AsyncGenerator<T> {
  for (let skip = 0; ; skip += pageLength) {
    const page = await request(() => ask({ count: pageLength, skip }), pageOf(entry))
    yield* page.items
    if (page.length < pageLength) return
  }
}

/** In whole seconds, both ends within. */
export const span = (from: Date, to: Date) => ({
  from: Math.floor(from.getTime() / 1000),
  to: Math.ceil(to.getTime() / 1000),
})

/** Razorpay answers 400, not 404, for an id it does not know. */
export function isNotFound(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : null
  const status = memberOf(cause, 'status')
  return (
    status === 404 ||
    (status === 400 && /does not exist|not a valid id/i.test(String(memberOf(cause, 'description'))))
  )
}

/** What Razorpay said when it understood the request and will not do it; null for all else. */
export function refusalWords(error: unknown): string | null {
  const cause = error instanceof AppError ? error.cause : null
  return memberOf(cause, 'status') === 400 ? String(memberOf(cause, 'description')) : null
}

/** The SDK throws plain objects; the HTTP client's error carries the key's secret into logs. */
function refusalOf(error: unknown): Refusal {
  const status = memberOf(error, 'statusCode')
  if (typeof status !== 'number') return { status: null, code: null, description: 'no answer' }
  const refusal = memberOf(error, 'error')
  const text = (name: string) => {
    const value = memberOf(refusal, name)
    return typeof value === 'string' && value ? value : null
  }
  return { status, code: text('code'), description: text('description') ?? `answered ${status}` }
}

function messageFor({ status }: Refusal): string {
  if (status === 409)
    return 'The payment service is still busy with the same request. Please try again in a moment.'
  if (status !== null && status < 500) return 'The payment service did not accept the request.'
  return 'The payment service does not answer. Please try again in a few minutes.'
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
