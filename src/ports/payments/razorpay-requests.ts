import type Razorpay from 'razorpay'
import type * as z from 'zod'
import { AppError, failureOfStatus, readRetryAfter } from '../../errors'
import { pageOf } from './razorpay-shapes'

const TIMEOUT_MS = 10_000

interface Rest {
  defaults: { baseURL?: string; timeout?: number; adapter?: unknown }
  interceptors: { response: { use(answered: undefined, failed: (error: unknown) => never): void } }
  get(path: string, options: { signal: AbortSignal }): Promise<{ data: unknown }>
  post(path: string, body: unknown, options: { headers: Record<string, string> }): Promise<{ data: unknown }>
}

/** The SDK has no option for host or timeout; `fetch` is the same on Node and on Workers. */
export function restOf(sdk: Razorpay, base: string) {
  const { rq } = sdk.api as unknown as { rq: Rest }
  rq.defaults.baseURL = base
  rq.defaults.timeout = TIMEOUT_MS
  rq.defaults.adapter = 'fetch'
  rq.interceptors.response.use(undefined, keepCause)
  const answerOf = async (asked: Promise<{ data: unknown }>): Promise<unknown> => {
    try {
      return (await asked).data
    } catch (error) {
      const response = memberOf(error, 'response')
      throw {
        statusCode: memberOf(response, 'status'),
        error: memberOf(memberOf(response, 'data'), 'error'),
      }
    }
  }
  return {
    get: (path: string, signal: AbortSignal) => answerOf(rq.get(path, { signal })),
    post: (path: string, body: unknown, options: { headers: Record<string, string> }) =>
      answerOf(rq.post(path, body, options)),
  }
}

/** The SDK passes on nothing but the status and the error in the body, and breaks without an answer. */
function keepCause(failed: unknown): never {
  const response = memberOf(failed, 'response')
  const error = memberOf(memberOf(response, 'data'), 'error')
  const retryAfter = memberOf(memberOf(response, 'headers'), 'retry-after')
  const said = response ? error : { code: causeCode(failed), description: memberOf(failed, 'message') }
  const status = memberOf(response, 'status')
  throw { response: { status, data: { error: { ...(said as object), retryAfter } } } }
}

/** Of the socket, where there is one; the HTTP client's own says only that it failed. */
function causeCode(error: unknown): unknown {
  const cause = memberOf(error, 'cause')
  return cause ? causeCode(cause) : memberOf(error, 'code')
}

interface Refusal {
  status: number | null
  code: string | null
  description: string
  retryAfter?: string
}

/** AppError `upstream` whatever goes wrong, with a Refusal as its cause when Razorpay refused. */
export async function request<T>(ask: () => Promise<unknown>, shape: z.ZodType<T>): Promise<T> {
  let answer: unknown
  try {
    answer = await ask()
  } catch (error) {
    const refusal = refusalOf(error)
    const { status, retryAfter } = refusal
    const failure = failureOfStatus(status)
    const retryAfterSeconds = readRetryAfter(retryAfter, new Date())
    throw new AppError('upstream', messageFor(refusal), { cause: refusal, failure, retryAfterSeconds })
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
  const refusal = memberOf(error, 'error')
  const text = (name: string) => {
    const value = memberOf(refusal, name)
    return typeof value === 'string' && value ? value : null
  }
  if (typeof status !== 'number')
    return { status: null, code: text('code'), description: text('description') ?? 'no answer' }
  const retryAfter = text('retryAfter')
  return {
    ...{ status, code: text('code'), description: text('description') ?? `answered ${status}` },
    ...(retryAfter ? { retryAfter } : {}),
  }
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
