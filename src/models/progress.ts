import { userProgress } from '../db/schema'
import { newId } from '../ids'
import { keptPosition } from '../rules/progress'
import type { Services } from '../services'

type Clock = Pick<Services, 'db' | 'now'>

/** Keeps that a lesson is done, for somebody whom `findLesson` has admitted to it. Twice, or at once in two windows, is the same as once. */
export const completeLesson = (services: Clock, userId: string, chapterId: string): Promise<void> =>
  keep(services, userId, chapterId, { isCompleted: true })

/** Keeps that a lesson is not done after all; likewise. */
export const reopenLesson = (services: Clock, userId: string, chapterId: string): Promise<void> =>
  keep(services, userId, chapterId, { isCompleted: false })

/** Keeps the second at which somebody watches; beyond the video's end counts as its end. The lesson becomes the one where the course continues. */
export const keepPosition = (
  services: Clock,
  userId: string,
  lesson: { id: string; video: { durationSeconds: number } | null },
  seconds: number,
): Promise<void> =>
  keep(services, userId, lesson.id, {
    positionSeconds: keptPosition(seconds, lesson.video?.durationSeconds ?? null),
  })

async function keep(
  services: Clock,
  userId: string,
  chapterId: string,
  change: { isCompleted: boolean } | { positionSeconds: number },
): Promise<void> {
  const updatedAt = services.now()
  await services.db
    .insert(userProgress)
    .values({ id: newId(), userId, chapterId, ...change, createdAt: updatedAt, updatedAt })
    .onDuplicateKeyUpdate({ set: { ...change, updatedAt } })
}
