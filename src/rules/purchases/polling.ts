import { later, minuteSeconds } from '../time'
import type { Standing } from './standing'

const phases = [
  { untilSeconds: 3 * minuteSeconds, everySeconds: 3 },
  { untilSeconds: 15 * minuteSeconds, everySeconds: 15 },
]

const polled: readonly Standing[] = ['not-paid', 'declined', 'checking', 'confirming', 'held']

/** How often a page asks where the payment stands; null when it stops by itself, and says so. */
export function pollSeconds(standing: Standing, openSeconds: number): number | null {
  if (!polled.includes(standing)) return null
  if (standing === 'checking' && openSeconds < hopefulSeconds) return 1
  return phases.find(({ untilSeconds }) => openSeconds < untilSeconds)?.everySeconds ?? null
}

export const stopsPolling = (standing: Standing, everySeconds: number | null): boolean =>
  everySeconds === null && polled.includes(standing)

/** A page is opened, asks again while it says that the answer is near, or just asks again. */
export type Visit = 'opened' | 'checking' | 'polling'

/** For so long an answer is good enough: who opens a page has a reason, a page that is open has none. */
const freshSeconds = { opened: 1, checking: 4, polling: 4 }
const staleSeconds = minuteSeconds

/** The next question to the payment service: at once, or when the last answer is no longer fresh. */
export function questionAt(visit: Visit, lastKnownAt: Date, now: Date): Date {
  const due = later(lastKnownAt, freshSeconds[visit])
  return due > now ? due : now
}

/** A page whose question waits for longer goes on with what is known. */
const hopefulSeconds = 15

/**
 * What the payment service is about to say: `due` where what we know is too old to let somebody pay
 * on it, `silent` when it did not answer.
 */
export type Answer = 'near' | 'due' | 'silent' | null

/** Null where the answer would hardly change what the page says. */
export function answerTo(
  visit: Visit,
  question: { createdAt: Date; lastError: string | null; isNew: boolean },
  lastKnownAt: Date,
  now: Date,
): Answer {
  if (question.lastError) return 'silent'
  if (visit === 'polling' || later(question.createdAt, hopefulSeconds) < now) return null
  const isOld = later(lastKnownAt, staleSeconds) < now
  if (isOld) return visit === 'opened' || !question.isNew ? 'due' : null
  return question.isNew ? null : 'near'
}

const refreshedForSeconds = 15 * minuteSeconds

/** Where no scripts run a page is only loaded again when an answer is near. */
export function refreshSeconds(
  answer: Answer,
  { standing, moving, now }: { standing: Standing; moving: { paidAt: Date } | null; now: Date },
): number | null {
  if (answer === 'near' || answer === 'due') return 5
  const isRecent = moving !== null && later(moving.paidAt, refreshedForSeconds) > now
  return standing === 'confirming' && isRecent ? 5 : null
}
