import { AppError } from '../../errors'
import { parseJson } from '../../json'
import { reasonOf } from '../../log'
import { answerWithinMs, type ServiceName } from '../../rules/admin/health'
import type { Services } from '../../services'
import { missingWrites } from '../write-probe'

type Question = (signal: AbortSignal) => Promise<void>

/** A cheap question for each service; null where it is switched off. */
export const questionsFor = (services: Services): Record<ServiceName, Question | null> => {
  const { payments, video, files, mail, otp, identity } = services
  return {
    database: () => askDatabase(services),
    payments: payments && ((signal) => payments.ping(signal)),
    video: video && ((signal) => video.ping(signal)),
    files: files && ((signal) => files.ping(signal)),
    mail: mail && (() => mail.ping()),
    otp: otp && (() => askCodes(services)),
    identity: identity && ((signal) => identity.ping(signal)),
  }
}

/** Gives the milliseconds that the answer took; throws with words for who looks, not private. */
export async function askInTime(question: Question, withinMs = answerWithinMs): Promise<number> {
  const startedAt = performance.now()
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer within ${withinMs / 1000} seconds.`))
      stop.abort()
    }, withinMs)
  })
  try {
    await Promise.race([question(stop.signal), late])
    return Math.round(performance.now() - startedAt)
  } catch (error) {
    throw new Error(wordsOf(error), { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** What the service itself said, rather than what a visitor is told of it. */
function wordsOf(error: unknown): string {
  const cause = error instanceof AppError && error.cause !== undefined ? error.cause : error
  if (cause instanceof Error)
    return plainWords(reasonOf(cause).replace(/^(?:\w*Error )?(?:(\[\w+\]): |Error: )/, label))
  const { status, code, description } = Object(cause)
  const words = [status, code, description].filter(Boolean).join(' ')
  return reasonOf(words || cause)
}

/** "500 internal_error: Something went wrong" of a status and the JSON behind it. */
function plainWords(text: string): string {
  const [, status, json = ''] = /^(\d{3}) (\{.*\})$/s.exec(text) ?? []
  const words = stringsIn(parseJson(json))
  return words.length > 0 ? `${status} ${words.join(': ')}` : text
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

const label = (_: string, code: string | undefined) => (code ? `${code} ` : '')

async function askDatabase(services: Services): Promise<void> {
  const missing = await missingWrites(services)
  if (missing.length > 0) throw new Error(missing.join('; '))
}

async function askCodes({ otp, config }: Services): Promise<void> {
  const seconds = await otp?.findTtlSeconds()
  if (seconds === config.OTP_TTL_SECONDS) return
  const found = seconds === null ? 'no index that ends codes' : `an index that ends codes after ${seconds} s`
  throw new Error(`It answers, and has ${found}: run npm run migrate.`)
}
