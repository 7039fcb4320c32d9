/** Whole percent of the lessons that are done, rounded down, so that 100 means all; 0 where there are none. */
export const percentOf = (completed: number, total: number): number =>
  total === 0 ? 0 : Math.floor((Math.min(completed, total) * 100) / total)

export interface Step {
  id: string
  /** Whether the student can see it now. */
  visible: boolean
  completed: boolean
  /** When the student was last there. */
  seenAt: Date | null
}

/** The id of the chapter where a course goes on, of its chapters in order: where the student was last unless that is done, then the next that is not, then the first that is not, then the first. Null when nothing is visible. */
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

/** The course where a student goes on, of theirs in order: the first with something left to do, then the first with lessons at all. Null when there is none. */
export const nextCourse = <Course extends { lessonCount: number; owned: { percent: number } | null }>(
  courses: Course[],
): Course | null => {
  const taught = courses.filter(({ lessonCount }) => lessonCount > 0)
  return taught.find(({ owned }) => owned?.percent !== 100) ?? taught[0] ?? null
}

/** What is kept of where a player says it is: whole seconds, never beyond the video's end. */
export const keptPosition = (seconds: number, durationSeconds: number | null): number =>
  Math.floor(Math.min(seconds, durationSeconds ?? 0))

/** The second at which a video begins: where it was left, or its beginning when hardly anything is left. */
export function startAt(positionSeconds: number, durationSeconds: number): number {
  const left = durationSeconds - positionSeconds
  return left > Math.min(10, durationSeconds / 10) ? positionSeconds : 0
}

const shortest = 2 * 3600

/** How long the permission to play lasts, in seconds: the length with pauses, and no copied address plays for days. */
export const playerLifetime = (durationSeconds: number): number =>
  Math.max(shortest, Math.ceil(durationSeconds * 1.5))
