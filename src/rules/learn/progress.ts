import { hourSeconds } from '../time'

/** Rounded down, so that 100 means all; 0 of none. */
export const percentOf = (completed: number, total: number): number =>
  total === 0 ? 0 : Math.floor((Math.min(completed, total) * 100) / total)

export interface Step {
  id: string
  visible: boolean
  completed: boolean
  seenAt: Date | null
}

/**
 * The last visited unless completed, the next open, the first open, or the first; null without any.
 */
export function continueAt(steps: Step[]): string | null {
  const last = steps.reduce((newest, step, index) => {
    const best = steps[newest]?.seenAt
    return step.seenAt && (!best || step.seenAt > best) ? index : newest
  }, -1)
  const open = (step: Step) => step.visible && !step.completed
  const from = last < 0 ? steps : steps.slice(last)
  const step = from.find(open) ?? steps.find(open) ?? steps.find(({ visible }) => visible)
  return step?.id ?? null
}

/** The first not completed, else the first; null if none has chapters. */
export const nextCourse = <Course extends { chapterCount: number; owned: { percent: number } | null }>(
  courses: Course[],
): Course | null => {
  const withChapters = courses.filter(({ chapterCount }) => chapterCount > 0)
  return withChapters.find(({ owned }) => owned?.percent !== 100) ?? withChapters[0] ?? null
}

/** Whole seconds, never beyond the video's end. */
export const keptPosition = (seconds: number, durationSeconds: number | null): number =>
  Math.floor(Math.min(seconds, durationSeconds ?? 0))

/** 0 when hardly anything is left. */
export function startAt(positionSeconds: number, durationSeconds: number): number {
  const left = durationSeconds - positionSeconds
  return left > Math.min(10, durationSeconds / 10) ? positionSeconds : 0
}

const minSeconds = 2 * hourSeconds

/**
 * Seconds that a permission to play lasts: enough for pauses, but no copied link plays for days.
 */
export const playerLifetime = (durationSeconds: number): number =>
  Math.max(minSeconds, Math.ceil(durationSeconds * 1.5))
