import { AppError } from '../errors'
import { log, reasonOf } from '../log'
import { closeBreaker, endRest, noteOutage, takeProbe } from '../models/breaker'
import type { Job } from '../models/job'
import { giveUpJob } from '../models/job-ending'
import { claimJob, continueJob, finishJob, noteFailure, type Standing } from '../models/job-queue'
import { noteNoRoom } from '../models/write-probe'
import { houseLane, type Lane, traitsOf } from '../rules/job-kinds'
import { isOver, nextTry } from '../rules/retry'
import type { Services } from '../services'
import { handlers } from './handlers'
import { notingMail } from './noting-mail'

export interface RunOptions {
  /** Asked before each job. */
  goesOn: () => boolean
  /** Jobs of one lane that run side by side. */
  atOnce: number
  /** Nobody waits longer for a job; it is tried again. */
  deadlineMs: number
}

export const usually: RunOptions = { goesOn: () => true, atOnce: 3, deadlineMs: 30_000 }

const longestReason = 500

/** Does what is due in this lane, one after the other; true when it has done anything. */
export async function workLane(
  services: Services,
  lane: Lane,
  standing: Standing,
  options: RunOptions,
): Promise<boolean> {
  const isProbe = standing === 'probe'
  if (isProbe && !(await takeProbe(services, lane))) return false
  let isBad = standing !== 'well'
  let hasWorked = false
  while (options.goesOn()) {
    const job = await claimJob(services, lane)
    if (!job) break
    hasWorked = true
    const outcome = await runJob(services, job, options.deadlineMs, isProbe && isBad)
    if (outcome === 'outage') return true
    if (outcome === 'unknown' || !isBad) continue
    await closeBreaker(services, lane)
    isBad = false
  }
  // The probe has met nobody, so the next one need not wait.
  if (isProbe && isBad) await endRest(services, lane)
  return hasWorked
}

/** `answered`: whoever was asked is there; `unknown`: that says nothing about them. */
type Outcome = 'answered' | 'unknown' | 'outage'

async function runJob(services: Services, job: Job, deadlineMs: number, isProbe: boolean): Promise<Outcome> {
  if (await isTooLate(services, job)) return 'unknown'
  try {
    const given = { ...services, mail: notingMail(services) }
    const again = await inTime(handlers[job.kind](given, job), deadlineMs)
    await (again ? continueJob(services, job, again.runAgainAt) : finishJob(services, job))
    return 'answered'
  } catch (error) {
    return handleFailure(services, job, error, isProbe)
  }
}

async function isTooLate(services: Services, job: Job): Promise<boolean> {
  const { lifetimeSeconds } = traitsOf(job.kind)
  if (!isOver({ dueAt: job.dueAt, lifetimeSeconds }, services.now())) return false
  log('warn', { job: job.kind, id: job.id, givenUp: 'it is too late for it' })
  await giveUpJob(services, job, { words: 'It could not be done in time.' })
  return true
}

async function handleFailure(
  services: Services,
  job: Job,
  error: unknown,
  isProbe: boolean,
): Promise<Outcome> {
  noteNoRoom(services, error)
  const words = reasonOf(error, longestReason)
  const { failure, retryAfterSeconds } = error instanceof AppError ? error : ({} as Partial<AppError>)
  const isOutage = failure === 'outage' && job.lane !== houseLane
  const told = { words, retryAfterSeconds, isProbe }
  const isResting = isOutage && (await noteOutage(services, job.lane, told))
  const { lifetimeSeconds } = traitsOf(job.kind)
  const failed = { ...job, lifetimeSeconds, isResting, isRefused: failure === 'refused' }
  const runAt = nextTry(failed, services.now())
  const about = { job: job.kind, id: job.id, attempts: job.attempts }
  log('warn', { ...about, ...(runAt ? {} : { givenUp: true }), error })
  await (runAt ? noteFailure(services, job, { runAt, words }) : giveUpJob(services, job, { words }))
  if (isOutage) return 'outage'
  return failure === 'refused' ? 'answered' : 'unknown'
}

/** What comes later counts no more: the job may be somebody else's by then. */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    const late = () =>
      reject(new AppError('upstream', `It was not done within ${ms / 1000} s.`, { failure: 'outage' }))
    timer = setTimeout(late, ms)
  })
  return await Promise.race([work, limit]).finally(() => clearTimeout(timer))
}
