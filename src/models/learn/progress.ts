import { userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { keptPosition } from '../../rules/learn/progress'
import type { DbNow } from '../../services'
import type { OpenLesson } from './chapter'

/** Keeps whether a lesson is done. Twice, or at once in two windows, is the same as once. */
export const markLesson = (
  services: DbNow,
  userId: string,
  lesson: OpenLesson,
  isCompleted: boolean,
): Promise<void> => keep(services, userId, lesson.id, { isCompleted })

/** Keeps the second at which somebody watches; beyond the video's end counts as its end. The lesson becomes the one where the course continues. */
export const keepPosition = (
  services: DbNow,
  userId: string,
  lesson: OpenLesson,
  seconds: number,
): Promise<void> =>
  keep(services, userId, lesson.id, {
    positionSeconds: keptPosition(seconds, lesson.video?.durationSeconds ?? null),
  })

async function keep(
  services: DbNow,
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
