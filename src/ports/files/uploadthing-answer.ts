import { AppError, failureOfStatus, readRetryAfter } from '../../errors'

/** The SDK drops what the vendor said, so this is thrown before it sees the answer. */
class RefusedAnswer extends Error {
  readonly status: number
  readonly retryAfter: string | null

  constructor({ status, headers }: Response, words: string) {
    super(`UploadThing answered ${status}: ${words}`)
    this.name = 'RefusedAnswer'
    this.status = status
    this.retryAfter = headers.get('retry-after')
  }
}

/** Throws when it is not a good one. */
export async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  throw new RefusedAnswer(answer, (await answer.text()).slice(0, 300))
}

/** Always throws AppError `upstream`. */
export function refused(cause: unknown): never {
  const answer = answerIn(cause)
  const failure = failureOfStatus(answer?.status ?? null)
  const message =
    failure === 'refused'
      ? 'The file store did not accept the request.'
      : 'The file store does not answer at the moment.'
  const retryAfterSeconds = readRetryAfter(answer?.retryAfter, new Date())
  throw new AppError('upstream', message, { cause, failure, retryAfterSeconds })
}

function answerIn(error: unknown): RefusedAnswer | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof RefusedAnswer) return cause
  return undefined
}
