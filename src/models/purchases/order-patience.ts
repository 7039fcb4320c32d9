import { AppError } from '../../errors'
import type { TxNow } from '../../services'
import { queueOrderSync } from './order-queue'

const answerMs = 4_000

/** True when `asking` is done within seconds; else nobody waits any longer, and a job goes on. */
export async function askOrQueue(services: TxNow, orderId: string, asking: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, answerMs, false)
  })
  const answer = asking.then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError) return false
      throw error
    },
  )
  // It may fail when nobody waits any more; the job then meets the same.
  answer.catch(() => undefined)
  const isAnswered = await Promise.race([answer, late]).finally(() => clearTimeout(timer))
  if (!isAnswered) await queueOrderSync(services, orderId)
  return isAnswered
}
